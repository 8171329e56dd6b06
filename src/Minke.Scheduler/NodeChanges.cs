using Minke.Api.Core;

namespace Minke.Scheduler;

/// <summary>What of a node's change could let a waiting pod in. Heartbeats are none.</summary>
internal static class NodeChanges
{
    public static ClusterChange Between(Node? old, Node node)
    {
        if (old is null)
        {
            return ClusterChange.All;
        }

        var change = ClusterChange.None;
        if (!old.Status.Allocatable.SequenceEqual(node.Status.Allocatable))
        {
            change |= ClusterChange.NodeAllocatable;
        }

        if (!old.Metadata.Labels.SequenceEqual(node.Metadata.Labels))
        {
            change |= ClusterChange.NodeLabels;
        }

        if (old.Spec.Unschedulable != node.Spec.Unschedulable || !old.Spec.Taints.Select(Text).SequenceEqual(node.Spec.Taints.Select(Text)))
        {
            change |= ClusterChange.NodeTaints;
        }

        return change;
    }

    private static (string Key, string Value, string Effect) Text(Taint taint) => (taint.Key, taint.Value, taint.Effect);
}
