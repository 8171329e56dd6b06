using Minke.Client;

namespace Minke.Scheduler;

/// <summary>A taint with the effect NoSchedule or NoExecute keeps pods away that do not tolerate it.</summary>
public sealed class TaintFilter : IFilter
{
    public ClusterChange WokenBy => ClusterChange.NodeAdded | ClusterChange.NodeTaints | ClusterChange.PodChanged;

    public bool Concerns(PodModel pod) => true;

    public IReadOnlyList<string>? Refuse(PodModel pod, NodeModel node)
    {
        foreach (var taint in node.Node.Spec.Taints)
        {
            if (taint.Effect is "NoSchedule" or "NoExecute" && !Tolerations.Tolerates(pod.Pod.Spec.Tolerations, taint))
            {
                return [$"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}"];
            }
        }

        return null;
    }
}
