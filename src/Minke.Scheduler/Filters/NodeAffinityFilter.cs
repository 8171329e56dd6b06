namespace Minke.Scheduler;

/// <summary>A node has the labels that the pod's <c>nodeSelector</c> and required node affinity ask for.</summary>
public sealed class NodeAffinityFilter : IFilter
{
    private static readonly string[] s_reasons = ["node(s) didn't match Pod's node affinity/selector"];

    public ClusterChange WokenBy => ClusterChange.NodeAdded | ClusterChange.NodeLabels | ClusterChange.PodChanged;

    public bool Concerns(PodModel pod) =>
        pod.Pod.Spec.NodeSelector.Count > 0 || pod.Pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not null;

    public IReadOnlyList<string>? Refuse(PodModel pod, NodeModel node)
    {
        var labels = node.Node.Metadata.Labels;
        foreach (var (key, value) in pod.Pod.Spec.NodeSelector)
        {
            if (!labels.TryGetValue(key, out var actual) || actual != value)
            {
                return s_reasons;
            }
        }

        var required = pod.Pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        return required is null || NodeSelectorTerms.AnyMatches(required.NodeSelectorTerms, node.Node) ? null : s_reasons;
    }
}
