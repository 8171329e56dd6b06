using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Nodes;

/// <summary>When a pod has to leave its node because of taints with the effect NoExecute. Pure.</summary>
public static class EvictionTime
{
    /// <summary>
    /// How long a pod stays on a node that is not ready or not reachable when it says nothing about it: what the admission of Kubernetes writes into each
    /// pod as a default.
    /// </summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(5);

    /// <summary>Null: the pod may stay.</summary>
    public static DateTimeOffset? Of(Pod pod, Node node, DateTimeOffset now)
    {
        DateTimeOffset? earliest = null;
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect == "NoExecute" && Of(pod, taint, now) is { } at && (earliest is null || at < earliest))
            {
                earliest = at;
            }
        }

        return earliest;
    }

    private static DateTimeOffset? Of(Pod pod, Taint taint, DateTimeOffset now)
    {
        var tolerating = pod.Spec.Tolerations.Where(toleration => Tolerations.Tolerates(toleration, taint)).ToList();
        var since = taint.TimeAdded ?? now;
        if (tolerating.Count == 0)
        {
            return taint.Key is NodeTaints.NotReady or NodeTaints.Unreachable ? since + DefaultPatience : now;
        }

        // A toleration without a limit tolerates for ever, unless another one of the pod's says less.
        var seconds = tolerating.Min(static toleration => toleration.TolerationSeconds);
        return seconds is { } limit ? since.AddSeconds(Math.Clamp(limit, 0, int.MaxValue)) : null;
    }
}
