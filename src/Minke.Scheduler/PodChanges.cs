using Minke.Api.Core;

namespace Minke.Scheduler;

/// <summary>What of a pod's change matters to the scheduler.</summary>
internal static class PodChanges
{
    /// <summary>Its containers have ended for good, so that it takes nothing any more.</summary>
    public static bool HasEnded(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    /// <summary>Fields that may change after creation and decide about nodes: the generation counts changes of the specification.</summary>
    public static bool AffectPlacement(Pod old, Pod pod) =>
        old.Metadata.Generation != pod.Metadata.Generation
        || old.Spec.Tolerations.Count != pod.Spec.Tolerations.Count
        || old.Spec.SchedulingGates.Count != pod.Spec.SchedulingGates.Count
        || !old.Metadata.Labels.SequenceEqual(pod.Metadata.Labels);
}
