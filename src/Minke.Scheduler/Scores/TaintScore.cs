using Minke.Client;

namespace Minke.Scheduler;

/// <summary>Prefers nodes with few taints of the effect PreferNoSchedule that the pod does not tolerate.</summary>
public sealed class TaintScore : IScore
{
    public int Weight => 3;

    public bool Concerns(PodModel pod) => true;

    public long Raw(PodModel pod, NodeModel node)
    {
        long count = 0;
        foreach (var taint in node.Node.Spec.Taints)
        {
            if (taint.Effect == "PreferNoSchedule" && !Tolerations.Tolerates(pod.Pod.Spec.Tolerations, taint))
            {
                count++;
            }
        }

        return count;
    }

    public void Normalize(Span<long> scores) => Scores.LessIsBetter(scores);
}
