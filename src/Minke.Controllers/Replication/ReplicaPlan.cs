using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Replication;

/// <summary>
/// What a ReplicationController's state asks for: which pods to take over or let go, how many to make, which to delete. Pure: computed from the
/// controller, the pods of its namespace and the time.
/// </summary>
public sealed record ReplicaPlan(IReadOnlyList<Pod> Adopt, IReadOnlyList<Pod> Release, int Create, IReadOnlyList<Pod> Delete)
{
    /// <summary>So many pods at most are made or deleted in one go.</summary>
    public const int BurstMax = 500;

    public static ReplicaPlan For(ReplicationController controller, IEnumerable<Pod> candidates, DateTimeOffset now)
    {
        List<Pod> adopt = [];
        List<Pod> release = [];
        List<Pod> active = [];
        var dying = controller.Metadata.DeletionTimestamp is not null;
        foreach (var pod in candidates)
        {
            var matches = Matches(controller, pod);
            var owner = References.ControllerOf(pod);
            if (owner is null)
            {
                if (matches && !dying && PodFacts.IsActive(pod))
                {
                    adopt.Add(pod);
                    active.Add(pod);
                }
            }
            else if (owner.Uid == controller.Metadata.Uid)
            {
                if (!matches)
                {
                    if (!dying && pod.Metadata.DeletionTimestamp is null)
                    {
                        release.Add(pod);
                    }
                }
                else if (PodFacts.IsActive(pod))
                {
                    active.Add(pod);
                }
            }
        }

        return dying ? new ReplicaPlan([], [], 0, []) : Scale(controller.Spec.Replicas ?? 1, adopt, release, active, now);
    }

    /// <summary>The labels of the pod have what the controller selects. An empty selector selects nothing.</summary>
    public static bool Matches(ReplicationController controller, Pod pod)
    {
        if (controller.Spec.Selector.Count == 0 || controller.Metadata.Namespace != pod.Metadata.Namespace)
        {
            return false;
        }

        foreach (var (key, value) in controller.Spec.Selector)
        {
            if (!pod.Metadata.Labels.TryGetValue(key, out var actual) || actual != value)
            {
                return false;
            }
        }

        return true;
    }

    private static ReplicaPlan Scale(int wanted, List<Pod> adopt, List<Pod> release, List<Pod> active, DateTimeOffset now)
    {
        var missing = wanted - active.Count;
        if (missing >= 0)
        {
            return new ReplicaPlan(adopt, release, Math.Min(missing, BurstMax), []);
        }

        var order = new DeletionOrder(active, now);
        return new ReplicaPlan(adopt, release, 0, [.. active.Order(order).Take(Math.Min(-missing, BurstMax))]);
    }
}
