using System.Globalization;
using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>
/// The node's own check that a pod has room here: whoever bound it may have decided from older knowledge. A pod that does not fit fails, as with the
/// kubelet, with the reason OutOf followed by the resource.
/// </summary>
internal static class Admission
{
    private static readonly string[] s_resources = ["cpu", "memory", "ephemeral-storage"];

    /// <summary>Null: the pod may run.</summary>
    /// <param name="others">The pods that run here already.</param>
    public static PodFailure? Check(Pod pod, IReadOnlyCollection<Pod> others, IReadOnlyDictionary<string, Quantity> allocatable)
    {
        var podsMax = allocatable.TryGetValue("pods", out var limit) ? limit.Value : long.MaxValue;
        if (others.Count + 1 > podsMax)
        {
            return NoRoom("pods", 1, others.Count, podsMax);
        }

        foreach (var resource in s_resources)
        {
            var requested = Request(pod.Spec, resource);
            if (requested == 0 || !allocatable.TryGetValue(resource, out var available))
            {
                continue;
            }

            var used = others.Sum(other => Request(other.Spec, resource));
            var capacity = Amount(available, resource);
            if (requested > capacity - used)
            {
                return NoRoom(resource, requested, used, capacity);
            }
        }

        return null;
    }

    private static PodFailure NoRoom(string resource, long requested, long used, long capacity) => new(
        $"OutOf{resource}",
        string.Create(CultureInfo.InvariantCulture, $"Node didn't have enough resource: {resource}, requested: {requested}, used: {used}, capacity: {capacity}"));

    /// <summary>What the containers need together, or one of the init containers alone if that is more; sidecars count beside both.</summary>
    private static long Request(PodSpec spec, string resource)
    {
        var sidecars = 0L;
        var initMost = 0L;
        foreach (var container in spec.InitContainers)
        {
            var amount = Request(container, resource);
            initMost = Math.Max(initMost, sidecars + amount);
            sidecars += container.RestartPolicy == "Always" ? amount : 0;
        }

        var together = sidecars + spec.Containers.Sum(container => Request(container, resource));
        var overhead = spec.Overhead.TryGetValue(resource, out var extra) ? Amount(extra, resource) : 0;
        return Math.Max(together, initMost) + overhead;
    }

    private static long Request(Container container, string resource) =>
        container.Resources.Requests.TryGetValue(resource, out var amount) ? Amount(amount, resource) : 0;

    private static long Amount(Quantity amount, string resource) => resource == "cpu" ? amount.MilliValue : amount.Value;
}
