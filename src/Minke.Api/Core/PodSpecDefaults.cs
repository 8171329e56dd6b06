namespace Minke.Api.Core;

/// <summary>What the spec of a pod, or of a template of pods, has when it does not say otherwise.</summary>
internal static class PodSpecDefaults
{
    private const long TerminationGracePeriodSeconds = 30;

    public static void Apply(PodSpec spec)
    {
        spec.DnsPolicy = Or(spec.DnsPolicy, "ClusterFirst");
        spec.RestartPolicy = Or(spec.RestartPolicy, "Always");
        spec.SchedulerName = Or(spec.SchedulerName, "default-scheduler");
        spec.SecurityContext ??= new PodSecurityContext();
        spec.TerminationGracePeriodSeconds ??= TerminationGracePeriodSeconds;
        SynchronizeServiceAccount(spec);
        foreach (var volume in spec.Volumes)
        {
            VolumeDefaults.Apply(volume.Source);
        }

        foreach (var container in spec.InitContainers.Concat(spec.Containers))
        {
            ContainerDefaults.Apply(container);
        }

        foreach (var container in spec.EphemeralContainers)
        {
            ContainerDefaults.Apply(container.Common);
        }
    }

    public static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;

    /// <summary>The service account has two names on the wire, the older of which some clients still read and write.</summary>
    private static void SynchronizeServiceAccount(PodSpec spec)
    {
        spec.ServiceAccountName = Or(spec.ServiceAccountName, spec.ServiceAccount);
        spec.ServiceAccount = spec.ServiceAccountName;
    }
}
