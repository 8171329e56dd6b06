using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers;

/// <summary>What controllers ask about pods.</summary>
internal static class PodFacts
{
    /// <summary>Neither ended nor being deleted.</summary>
    public static bool IsActive(Pod pod) => pod.Status.Phase is not ("Succeeded" or "Failed") && pod.Metadata.DeletionTimestamp is null;

    public static bool IsReady(Pod pod) => ReadyCondition(pod)?.Status == "True";

    /// <summary>When the pod became ready; null when it is not.</summary>
    public static DateTimeOffset? ReadySince(Pod pod) => ReadyCondition(pod) is { Status: "True" } ready ? ready.LastTransitionTime : null;

    /// <summary>Ready for at least so long.</summary>
    public static bool IsAvailable(Pod pod, int minReadySeconds, DateTimeOffset now)
    {
        if (!IsReady(pod))
        {
            return false;
        }

        return minReadySeconds == 0 || (ReadySince(pod) is { } since && since.AddSeconds(minReadySeconds) <= now);
    }

    /// <summary>Has an owner of that uid as its controller.</summary>
    public static bool IsControlledBy(Pod pod, string ownerUid) => References.ControllerOf(pod)?.Uid == ownerUid;

    public static int MaxRestarts(Pod pod)
    {
        var most = 0;
        foreach (var status in pod.Status.ContainerStatuses)
        {
            most = Math.Max(most, status.RestartCount);
        }

        return most;
    }

    private static PodCondition? ReadyCondition(Pod pod)
    {
        foreach (var condition in pod.Status.Conditions)
        {
            if (condition.Type == "Ready")
            {
                return condition;
            }
        }

        return null;
    }
}
