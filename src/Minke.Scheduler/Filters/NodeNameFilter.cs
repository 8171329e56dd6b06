namespace Minke.Scheduler;

/// <summary>A pod that names its node goes there and nowhere else.</summary>
public sealed class NodeNameFilter : IFilter
{
    private static readonly string[] s_reasons = ["node(s) didn't match the requested node name"];

    public ClusterChange WokenBy => ClusterChange.NodeAdded;

    public bool Concerns(PodModel pod) => pod.Pod.Spec.NodeName.Length > 0;

    public IReadOnlyList<string>? Refuse(PodModel pod, NodeModel node) => pod.Pod.Spec.NodeName == node.Name ? null : s_reasons;
}
