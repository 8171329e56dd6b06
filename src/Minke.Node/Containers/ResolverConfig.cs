using Minke.Api.Core;
using Minke.Host;

namespace Minke.Node.Containers;

/// <summary>What a pod's <c>/etc/resolv.conf</c> says (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy).</summary>
public static class ResolverConfig
{
    private const string ResolvedConf = "/run/systemd/resolve/resolv.conf";
    private const int ServersMax = 3;

    /// <summary>True when the pod asks for the cluster's name servers and there are none.</summary>
    public static bool MissesClusterDns(PodSpec spec, NodeAgentOptions options) => UsesCluster(spec) && options.ClusterDns.Count == 0;

    public static Cri.DNSConfig For(Pod pod, NodeAgentOptions options)
    {
        var spec = pod.Spec;
        var config = spec.DnsPolicy == "None" ? new Cri.DNSConfig() : OfNode(options.ResolvConf);
        if (UsesCluster(spec) && options.ClusterDns.Count > 0)
        {
            config.Servers.Clear();
            config.Servers.AddRange(options.ClusterDns);
            var domain = options.ClusterDomain;
            string[] own = [$"{pod.Metadata.Namespace}.svc.{domain}", $"svc.{domain}", domain];
            string[] searches = [.. own, .. config.Searches];
            config.Searches.Clear();
            config.Searches.AddRange(searches.Distinct(StringComparer.Ordinal));
            config.Options.Clear();
            config.Options.Add("ndots:5");
        }

        if (spec.DnsConfig is { } extra)
        {
            Merge(config, extra);
        }

        return config;
    }

    private static bool UsesCluster(PodSpec spec) => spec.DnsPolicy == "ClusterFirstWithHostNet" || (spec.DnsPolicy is "ClusterFirst" or "" && !spec.HostNetwork);

    private static void Merge(Cri.DNSConfig config, PodDNSConfig extra)
    {
        config.Servers.AddRange(extra.Nameservers.Where(server => !config.Servers.Contains(server)).ToList());
        config.Searches.AddRange(extra.Searches.Where(search => !config.Searches.Contains(search)).ToList());
        foreach (var option in extra.Options)
        {
            var known = config.Options.FirstOrDefault(other => other == option.Name || other.StartsWith($"{option.Name}:", StringComparison.Ordinal));
            if (known is not null)
            {
                config.Options.Remove(known);
            }

            config.Options.Add(option.Value is { Length: > 0 } value ? $"{option.Name}:{value}" : option.Name);
        }
    }

    private static Cri.DNSConfig OfNode(string path)
    {
        var config = Parse(ProcFile.TryReadLines(path));
        // systemd-resolved listens on the node's loopback, which is not a pod's; it writes the real servers next to it.
        return config.Servers is ["127.0.0.53"] && File.Exists(ResolvedConf) ? Parse(ProcFile.TryReadLines(ResolvedConf)) : config;
    }

    /// <summary>resolv.conf(5).</summary>
    internal static Cri.DNSConfig Parse(IEnumerable<string> lines)
    {
        var config = new Cri.DNSConfig();
        foreach (var line in lines)
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["nameserver", var server, ..] when config.Servers.Count < ServersMax:
                    config.Servers.Add(server);
                    break;
                case ["search", .. var searches]:
                    config.Searches.Clear();
                    config.Searches.AddRange(searches.Where(static search => search != "."));
                    break;
                case ["options", .. var options]:
                    config.Options.AddRange(options);
                    break;
            }
        }

        return config;
    }
}
