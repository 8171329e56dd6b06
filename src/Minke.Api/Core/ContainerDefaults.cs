namespace Minke.Api.Core;

/// <summary>What a container has when its manifest does not say otherwise.</summary>
internal static class ContainerDefaults
{
    private const string TerminationMessagePath = "/dev/termination-log";
    private const string TerminationMessagePolicy = "File";

    public static void Apply(Container container)
    {
        container.ImagePullPolicy = PodSpecDefaults.Or(container.ImagePullPolicy, PullPolicyOf(container.Image));
        container.TerminationMessagePath = PodSpecDefaults.Or(container.TerminationMessagePath, TerminationMessagePath);
        container.TerminationMessagePolicy = PodSpecDefaults.Or(container.TerminationMessagePolicy, TerminationMessagePolicy);
        ApplyShared(
            container.Ports, container.Env, container.Resources, container.Lifecycle, container.LivenessProbe, container.ReadinessProbe, container.StartupProbe);
    }

    public static void Apply(EphemeralContainerCommon container)
    {
        container.ImagePullPolicy = PodSpecDefaults.Or(container.ImagePullPolicy, PullPolicyOf(container.Image));
        container.TerminationMessagePath = PodSpecDefaults.Or(container.TerminationMessagePath, TerminationMessagePath);
        container.TerminationMessagePolicy = PodSpecDefaults.Or(container.TerminationMessagePolicy, TerminationMessagePolicy);
        ApplyShared(
            container.Ports, container.Env, container.Resources, container.Lifecycle, container.LivenessProbe, container.ReadinessProbe, container.StartupProbe);
    }

    /// <summary>An image that can change under its name is asked for at every start; "latest" is the tag of a name without tag and digest.</summary>
    internal static string PullPolicyOf(string image)
    {
        if (image.Length == 0)
        {
            return "IfNotPresent";
        }

        if (image.Contains('@'))
        {
            return HasTag(image[..image.IndexOf('@')], out var pinned) && pinned == "latest" ? "Always" : "IfNotPresent";
        }

        return !HasTag(image, out var tag) || tag == "latest" ? "Always" : "IfNotPresent";
    }

    private static bool HasTag(string image, out string tag)
    {
        // A colon before the last slash separates a registry's host from its port.
        var colon = image.LastIndexOf(':');
        var found = colon > image.LastIndexOf('/');
        tag = found ? image[(colon + 1)..] : "";
        return found;
    }

    private static void ApplyShared(
        ApiList<ContainerPort> ports,
        ApiList<EnvVar> environment,
        ResourceRequirements resources,
        Lifecycle? lifecycle,
        params ReadOnlySpan<Probe?> probes)
    {
        foreach (var port in ports)
        {
            port.Protocol = PodSpecDefaults.Or(port.Protocol, "TCP");
        }

        foreach (var variable in environment)
        {
            VolumeDefaults.Apply(variable.ValueFrom?.FieldRef);
        }

        ResourceDefaults.Apply(resources.Limits);
        ResourceDefaults.Apply(resources.Requests);
        Apply(lifecycle?.PostStart?.HttpGet);
        Apply(lifecycle?.PreStop?.HttpGet);
        foreach (var probe in probes)
        {
            if (probe is not null)
            {
                Apply(probe);
            }
        }
    }

    private static void Apply(Probe probe)
    {
        probe.TimeoutSeconds = Or(probe.TimeoutSeconds, 1);
        probe.PeriodSeconds = Or(probe.PeriodSeconds, 10);
        probe.SuccessThreshold = Or(probe.SuccessThreshold, 1);
        probe.FailureThreshold = Or(probe.FailureThreshold, 3);
        Apply(probe.Handler.HttpGet);
        probe.Handler.Grpc?.Service ??= "";
    }

    private static void Apply(HTTPGetAction? action)
    {
        if (action is not null)
        {
            action.Path = PodSpecDefaults.Or(action.Path, "/");
            action.Scheme = PodSpecDefaults.Or(action.Scheme, "HTTP");
        }
    }

    private static int Or(int value, int otherwise) => value != 0 ? value : otherwise;
}
