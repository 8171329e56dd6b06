namespace Minke.Api.Core;

/// <summary>What a pod has when its manifest does not say otherwise.</summary>
internal static class PodDefaults
{
    public static void Apply(Pod pod)
    {
        var spec = pod.Spec;
        PodSpecDefaults.Apply(spec);
        foreach (var container in spec.InitContainers.Concat(spec.Containers))
        {
            RequestWhatIsLimited(container.Resources);
            if (spec.HostNetwork)
            {
                UseHostPorts(container);
            }
        }

        spec.EnableServiceLinks ??= true;
    }

    // Only pods, and not the templates that they are made from: a template shows what its author wrote.
    private static void RequestWhatIsLimited(ResourceRequirements resources)
    {
        foreach (var (name, limit) in resources.Limits)
        {
            if (!resources.Requests.ContainsKey(name))
            {
                resources.Requests[name] = limit;
            }
        }
    }

    private static void UseHostPorts(Container container)
    {
        foreach (var port in container.Ports)
        {
            if (port.HostPort == 0)
            {
                port.HostPort = port.Port;
            }
        }
    }
}
