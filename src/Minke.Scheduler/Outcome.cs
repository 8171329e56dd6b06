namespace Minke.Scheduler;

/// <summary>What a change of the cluster may make possible. A pod that could not be placed is looked at again when such a change comes.</summary>
[Flags]
public enum ClusterChange
{
    None = 0,
    NodeAdded = 1,
    NodeAllocatable = 2,
    NodeLabels = 4,
    NodeTaints = 8,
    /// <summary>A pod left a node or ended there.</summary>
    PodRemoved = 16,
    /// <summary>A pod was bound, or its labels changed.</summary>
    PodPlaced = 32,
    /// <summary>The waiting pod's own specification or labels changed.</summary>
    PodChanged = 64,
    All = NodeAdded | NodeAllocatable | NodeLabels | NodeTaints | PodRemoved | PodPlaced | PodChanged,
}

/// <summary>What the scheduler decided about one pod.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    public sealed record Placed(string Node) : Outcome;

    /// <param name="Message">Why, in the words that Kubernetes users know.</param>
    /// <param name="WokenBy">Which changes could help.</param>
    public sealed record Unschedulable(string Message, ClusterChange WokenBy) : Outcome;
}
