using Minke.Api;
using Minke.Api.Core;

namespace Minke.Scheduler;

/// <summary>
/// What a pod needs of a node. App containers run together, so their requests add up; init containers run one after the other, each beside the sidecars
/// (restartable init containers) that were started before it, so the largest of those moments counts; the pod's overhead comes on top. A request of
/// the pod as a whole (KEP-2837) takes the place of the sum for its resource. The sidecar rule is that of KEP-753.
/// </summary>
public static class PodRequests
{
    /// <summary>What a container without a cpu request counts for when nodes are compared, so that such containers spread too.</summary>
    private const long DefaultMilliCpu = 100;

    /// <summary>The same for memory: 200 MiB.</summary>
    private const long DefaultMemory = 200 * 1024 * 1024;

    /// <summary>What is checked against what the node has free.</summary>
    public static ResourceAmounts Of(PodSpec spec) => Compute(spec, Amounts.Of) with { Pods = 1 };

    /// <summary>What counts when nodes are compared: like <see cref="Of"/>, with a default for containers that name no request.</summary>
    public static ResourceAmounts ForScoring(PodSpec spec) => Compute(spec, WithDefaults) with { Pods = 1 };

    private static ResourceAmounts Compute(PodSpec spec, Func<ApiMap<Quantity>, ResourceAmounts> requestsOf)
    {
        var together = ResourceAmounts.Zero;
        foreach (var container in spec.Containers)
        {
            together += requestsOf(container.Resources.Requests);
        }

        var sidecars = ResourceAmounts.Zero;
        var largestInit = ResourceAmounts.Zero;
        foreach (var container in spec.InitContainers)
        {
            var request = requestsOf(container.Resources.Requests);
            if (container.RestartPolicy == "Always")
            {
                sidecars += request;
                largestInit = ResourceAmounts.Max(largestInit, sidecars);
            }
            else
            {
                largestInit = ResourceAmounts.Max(largestInit, sidecars + request);
            }
        }

        var total = ResourceAmounts.Max(together + sidecars, largestInit);
        return ReplaceByPodLevel(total, spec) + Amounts.Of(spec.Overhead);
    }

    private static ResourceAmounts ReplaceByPodLevel(ResourceAmounts total, PodSpec spec)
    {
        if (spec.Resources is not { } resources)
        {
            return total;
        }

        var whole = Amounts.Of(resources.Requests);
        return total with
        {
            MilliCpu = resources.Requests.ContainsKey("cpu") ? whole.MilliCpu : total.MilliCpu,
            Memory = resources.Requests.ContainsKey("memory") ? whole.Memory : total.Memory,
        };
    }

    private static ResourceAmounts WithDefaults(ApiMap<Quantity> requests)
    {
        var amounts = Amounts.Of(requests);
        return amounts with
        {
            MilliCpu = requests.ContainsKey("cpu") ? amounts.MilliCpu : DefaultMilliCpu,
            Memory = requests.ContainsKey("memory") ? amounts.Memory : DefaultMemory,
        };
    }
}
