using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>Parts of a pod's spec that this agent does not act on. The pod runs without them, and is told so.</summary>
internal static class UnsupportedFields
{
    public static IEnumerable<string> Find(PodSpec spec)
    {
        foreach (var container in spec.InitContainers.Concat(spec.Containers))
        {
            if (container.LivenessProbe is not null || container.ReadinessProbe is not null || container.StartupProbe is not null)
            {
                yield return $"probes are not supported yet; container {container.Name} counts as ready while it runs";
            }

            if (container.Lifecycle is not null)
            {
                yield return $"lifecycle hooks are not supported yet; those of container {container.Name} are not called";
            }

            if (container.SecurityContext?.ProcMount is { } procMount and not "Default")
            {
                yield return $"procMount {procMount} of container {container.Name} is not supported yet; the default is used";
            }
        }

        if (spec.EphemeralContainers.Count > 0)
        {
            yield return "ephemeral containers are not supported yet";
        }

        if (spec.ResourceClaims.Count > 0)
        {
            yield return "resource claims are not supported yet";
        }

        if (spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution.Count > 0
            || spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution.Count > 0
            || spec.TopologySpreadConstraints.Any(static constraint => constraint.WhenUnsatisfiable == "ScheduleAnyway"))
        {
            yield return "preferences about other pods (pod affinity, topology spread) are not supported yet; the pod was placed without them";
        }

        if (spec.HostUsers == false)
        {
            yield return "user namespaces (hostUsers: false) are not supported yet; the node's is used";
        }
    }
}
