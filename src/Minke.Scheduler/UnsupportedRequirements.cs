using Minke.Api.Core;

namespace Minke.Scheduler;

/// <summary>
/// Hard requirements that this scheduler cannot judge. A pod that has one stays pending and is told so, rather than being placed where it may not be.
/// Preferences of the same sort are no requirement and do not hold a pod back.
/// </summary>
public static class UnsupportedRequirements
{
    /// <summary>What is not supported about the pod; null when everything is.</summary>
    public static string? Find(PodSpec spec)
    {
        if (spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution.Count > 0)
        {
            return "required pod affinity is not supported by this scheduler";
        }

        if (spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution.Count > 0)
        {
            return "required pod anti-affinity is not supported by this scheduler";
        }

        if (spec.TopologySpreadConstraints.Any(static constraint => constraint.WhenUnsatisfiable != "ScheduleAnyway"))
        {
            return "topology spread constraints with whenUnsatisfiable DoNotSchedule are not supported by this scheduler";
        }

        if (spec.ResourceClaims.Count > 0)
        {
            return "resource claims are not supported by this scheduler";
        }

        return spec.Volumes.Any(static volume => volume.Source.PersistentVolumeClaim is not null || volume.Source.Ephemeral is not null)
            ? "persistent volume claims are not supported by this scheduler"
            : null;
    }
}
