namespace Minke.Scheduler;

/// <summary>Prefers nodes whose cpu and memory would be used to a like degree, so that neither is left over without the other.</summary>
public sealed class BalancedAllocationScore : IScore
{
    public int Weight => 1;

    public bool Concerns(PodModel pod) => pod.Requests.MilliCpu > 0 || pod.Requests.Memory > 0;

    public long Raw(PodModel pod, NodeModel node)
    {
        var cpu = Share(node.Allocatable.MilliCpu, node.Requested.MilliCpu + pod.Requests.MilliCpu);
        var memory = Share(node.Allocatable.Memory, node.Requested.Memory + pod.Requests.Memory);

        // The standard deviation of two numbers is half of their difference.
        return (long)((1 - (Math.Abs(cpu - memory) / 2)) * IScore.Best);
    }

    public void Normalize(Span<long> scores)
    {
        // Between fifty and a hundred already.
    }

    private static double Share(long has, long used) => has <= 0 ? 1 : Math.Min(1, (double)used / has);
}
