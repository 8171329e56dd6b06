using Minke.Api.Core;

namespace Minke.Node.Containers;

/// <summary>From a pod to the runtime's description of its sandbox.</summary>
public static class SandboxConfig
{
    private const int HostnameMax = 63;

    public static Cri.PodSandboxConfig For(Pod pod, int attempt, string cgroupParent, PodPaths paths, NodeAgentOptions options)
    {
        var config = new Cri.PodSandboxConfig
        {
            Metadata = new Cri.PodSandboxMetadata { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid, Attempt = (uint)attempt },
            Hostname = pod.Spec.HostNetwork ? "" : Hostname(pod, options),
            LogDirectory = paths.LogDirectory(pod),
            DnsConfig = ResolverConfig.For(pod, options),
            Linux = new Cri.LinuxPodSandboxConfig { CgroupParent = cgroupParent, SecurityContext = SecuritySettings.ForSandbox(pod.Spec) },
        };
        foreach (var (key, value) in pod.Metadata.Labels)
        {
            config.Labels[key] = value;
        }

        config.Labels[RuntimeLabels.PodName] = pod.Metadata.Name;
        config.Labels[RuntimeLabels.PodNamespace] = pod.Metadata.Namespace;
        config.Labels[RuntimeLabels.PodUid] = pod.Metadata.Uid;
        config.Labels[RuntimeLabels.Node] = options.NodeName;
        foreach (var (key, value) in pod.Metadata.Annotations)
        {
            config.Annotations[key] = value;
        }

        foreach (var sysctl in pod.Spec.SecurityContext?.Sysctls ?? [])
        {
            config.Linux.Sysctls[sysctl.Name] = sysctl.Value;
        }

        if (!pod.Spec.HostNetwork)
        {
            config.PortMappings.AddRange(PortMappings(pod.Spec));
        }

        return config;
    }

    /// <summary>What <c>hostname</c> says in the pod.</summary>
    public static string Hostname(Pod pod, NodeAgentOptions options)
    {
        if (pod.Spec.HostnameOverride is { Length: > 0 } fixedName)
        {
            return fixedName;
        }

        var name = pod.Spec.Hostname.Length > 0 ? pod.Spec.Hostname : pod.Metadata.Name;
        if (name.Length > HostnameMax)
        {
            name = name[..HostnameMax].TrimEnd('-', '.');
        }

        var domain = Domain(pod, options);
        return pod.Spec.SetHostnameAsFQDN == true && domain.Length > 0 ? $"{name}.{domain}" : name;
    }

    /// <summary>Empty unless the pod names a subdomain.</summary>
    public static string Domain(Pod pod, NodeAgentOptions options) =>
        pod.Spec.Subdomain.Length == 0 ? "" : $"{pod.Spec.Subdomain}.{pod.Metadata.Namespace}.svc.{options.ClusterDomain}";

    private static IEnumerable<Cri.PortMapping> PortMappings(PodSpec spec) =>
        from container in spec.InitContainers.Concat(spec.Containers)
        from port in container.Ports
        where port.HostPort > 0
        select new Cri.PortMapping { ContainerPort = port.Port, HostPort = port.HostPort, HostIp = port.HostIP, Protocol = ProtocolOf(port.Protocol) };

    private static Cri.Protocol ProtocolOf(string name) => name switch
    {
        "UDP" => Cri.Protocol.Udp,
        "SCTP" => Cri.Protocol.Sctp,
        _ => Cri.Protocol.Tcp,
    };
}
