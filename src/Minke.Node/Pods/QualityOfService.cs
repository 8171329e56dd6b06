using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>Quality-of-service classes (https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/) and what the kernel is told because of them.</summary>
public static class QualityOfService
{
    public const string Guaranteed = "Guaranteed";
    public const string Burstable = "Burstable";
    public const string BestEffort = "BestEffort";

    private const long GuaranteedScore = -997;
    private const long BestEffortScore = 1000;

    public static string ClassOf(Pod pod)
    {
        var any = false;
        var guaranteed = true;
        foreach (var container in pod.AllContainers)
        {
            foreach (var resource in (ReadOnlySpan<string>)["cpu", "memory"])
            {
                var limit = Positive(container.Resources.Limits, resource);
                var request = Positive(container.Resources.Requests, resource);
                any |= limit is not null || request is not null;
                guaranteed &= limit is not null && (request is null || request == limit);
            }
        }

        return !any ? BestEffort : guaranteed ? Guaranteed : Burstable;
    }

    /// <summary>
    /// The container's <c>oom_score_adj</c>: the more memory it asked for, the less likely it is to be killed when the node runs out
    /// (https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior).
    /// </summary>
    public static long OomScoreAdjust(Pod pod, Container container, long memoryCapacityBytes)
    {
        switch (ClassOf(pod))
        {
            case Guaranteed:
                return GuaranteedScore;
            case BestEffort:
                return BestEffortScore;
            default:
                var request = container.Resources.Requests.TryGetValue("memory", out var asked) ? asked.Value : 0;
                var score = memoryCapacityBytes > 0 ? 1000 - (long)((Int128)1000 * request / memoryCapacityBytes) : 999;
                return Math.Clamp(score, 1000 + GuaranteedScore, BestEffortScore - 1);
        }
    }

    private static Quantity? Positive(ApiMap<Quantity> amounts, string resource) =>
        amounts.TryGetValue(resource, out var amount) && amount.Sign > 0 ? amount : (Quantity?)null;
}
