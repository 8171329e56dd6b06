using Minke.Client;

namespace Minke.Scheduler;

/// <summary>A cordoned node takes only pods that tolerate being put on one.</summary>
public sealed class NodeUnschedulableFilter : IFilter
{
    private static readonly string[] s_reasons = ["node(s) were unschedulable"];

    public ClusterChange WokenBy => ClusterChange.NodeAdded | ClusterChange.NodeTaints | ClusterChange.PodChanged;

    public bool Concerns(PodModel pod) => true;

    public IReadOnlyList<string>? Refuse(PodModel pod, NodeModel node) =>
        !node.Node.Spec.Unschedulable || Tolerations.Tolerates(pod.Pod.Spec.Tolerations, Tolerations.Unschedulable) ? null : s_reasons;
}
