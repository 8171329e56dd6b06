namespace Minke.Scheduler;

/// <summary>Prefers nodes that match the pod's preferred node affinity, by the sum of the weights that match.</summary>
public sealed class NodeAffinityScore : IScore
{
    public int Weight => 2;

    public bool Concerns(PodModel pod) => pod.Pod.Spec.Affinity?.NodeAffinity?.PreferredDuringSchedulingIgnoredDuringExecution.Count > 0;

    public long Raw(PodModel pod, NodeModel node)
    {
        long sum = 0;
        foreach (var preferred in pod.Pod.Spec.Affinity!.NodeAffinity!.PreferredDuringSchedulingIgnoredDuringExecution)
        {
            if (NodeSelectorTerms.Matches(preferred.Preference, node.Node))
            {
                sum += preferred.Weight;
            }
        }

        return sum;
    }

    public void Normalize(Span<long> scores) => Scores.MoreIsBetter(scores);
}
