using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Strategies;

/// <summary>The quality of service that a pod's resource requests and limits earn it.</summary>
internal static class QosClass
{
    private static readonly string[] s_resources = ["cpu", "memory"];

    /// <summary>
    /// <c>Guaranteed</c>: every container limits cpu and memory and requests as much; <c>BestEffort</c>: none requests or limits anything;
    /// else <c>Burstable</c>.
    /// </summary>
    public static string Of(PodSpec spec)
    {
        var containers = spec.InitContainers.Concat(spec.Containers).Select(c => c.Resources).ToList();
        if (spec.Resources is { } ofPod && !IsEmpty(ofPod))
        {
            containers = [ofPod];
        }

        if (containers.TrueForAll(IsEmpty))
        {
            return "BestEffort";
        }

        return containers.TrueForAll(IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool IsEmpty(ResourceRequirements resources) =>
        !s_resources.Any(name => IsPositive(resources.Requests, name) || IsPositive(resources.Limits, name));

    private static bool IsGuaranteed(ResourceRequirements resources) => s_resources.All(name =>
        IsPositive(resources.Limits, name)
        && (!resources.Requests.TryGetValue(name, out var request) || request.CompareTo(resources.Limits[name]) == 0));

    private static bool IsPositive(ApiMap<Quantity> quantities, string name) =>
        quantities.TryGetValue(name, out var quantity) && quantity.Sign > 0;
}
