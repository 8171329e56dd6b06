namespace Minke.Scheduler;

/// <summary>Prefers nodes that keep the largest share of cpu and memory free.</summary>
public sealed class LeastAllocatedScore : IScore
{
    public int Weight => 1;

    public bool Concerns(PodModel pod) => true;

    public long Raw(PodModel pod, NodeModel node)
    {
        var (has, used, wanted) = (node.Allocatable, node.ScoringRequested, pod.ScoringRequests);
        return (FreeShare(has.MilliCpu, used.MilliCpu + wanted.MilliCpu) + FreeShare(has.Memory, used.Memory + wanted.Memory)) / 2;
    }

    public void Normalize(Span<long> scores)
    {
        // Shares of a hundred already.
    }

    private static long FreeShare(long has, long used) => has <= 0 || used >= has ? 0 : (long)((Int128)(has - used) * IScore.Best / has);
}
