using Minke.Api;
using Minke.Api.Core;
using Minke.Scheduler;
using Minke.Store;

namespace Minke.Simulation.Cluster;

using Node = Minke.Api.Core.Node;

/// <summary>
/// What must hold after every single write, whatever has gone wrong: looked at as the writes take effect in the store. The first violation is kept.
/// </summary>
public sealed class ClusterInvariants
{
    private readonly SortedDictionary<string, Pod> _pods = new(StringComparer.Ordinal); // by store key
    private readonly SortedDictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ReplicationController> _controllers = new(StringComparer.Ordinal);

    public string? Violation { get; private set; }

    public IEnumerable<Pod> Pods => _pods.Values;

    public IEnumerable<ReplicationController> Controllers => _controllers.Values;

    public IEnumerable<Node> Nodes => _nodes.Values;

    public void OnCommitted(StoreWrite write, long revision)
    {
        if (write.Key.StartsWith("/pods/", StringComparison.Ordinal))
        {
            var before = _pods.GetValueOrDefault(write.Key);
            var after = Apply(_pods, write);
            if (after is not null)
            {
                CheckPod(before, after, revision);
            }
        }
        else if (write.Key.StartsWith("/nodes/", StringComparison.Ordinal))
        {
            Apply(_nodes, write);
        }
        else if (write.Key.StartsWith("/replicationcontrollers/", StringComparison.Ordinal))
        {
            Apply(_controllers, write);
        }
    }

    private static T? Apply<T>(SortedDictionary<string, T> objects, StoreWrite write)
        where T : ApiObject, new()
    {
        if (write.Kind == WriteKind.Delete)
        {
            objects.Remove(write.Key);
            return null;
        }

        var item = ApiJson.Decode<T>(write.Value.Span);
        objects[write.Key] = item;
        return item;
    }

    private void CheckPod(Pod? before, Pod after, long revision)
    {
        if (before is not null && before.Metadata.Uid == after.Metadata.Uid)
        {
            Check(
                before.Spec.NodeName.Length == 0 || before.Spec.NodeName == after.Spec.NodeName,
                $"revision {revision} moved {after.Metadata.Name} from {before.Spec.NodeName} to {after.Spec.NodeName}");
            Check(
                Restarts(before) <= Restarts(after),
                $"revision {revision} lowered the restarts of {after.Metadata.Name} from {Restarts(before)} to {Restarts(after)}: {Text(before)} became {Text(after)}");
        }

        if (before?.Spec.NodeName != after.Spec.NodeName && after.Spec.NodeName.Length > 0)
        {
            CheckRoom(after, revision);
        }
    }

    private void CheckRoom(Pod bound, long revision)
    {
        var node = _nodes.GetValueOrDefault("/nodes/" + bound.Spec.NodeName);
        if (node is null || !node.Status.Allocatable.TryGetValue("cpu", out var cpu))
        {
            // The node was deleted, or made anew, while the binding was on its way; the pod will be collected.
            return;
        }

        var there = _pods.Values.Where(pod => pod.Spec.NodeName == bound.Spec.NodeName && pod.Status.Phase is not ("Succeeded" or "Failed")).ToList();
        var used = there.Aggregate(ResourceAmounts.Zero, static (sum, pod) => sum + PodRequests.Of(pod.Spec));
        Check(
            used.MilliCpu <= cpu.MilliValue && used.Pods <= node.Status.Allocatable["pods"].Value,
            $"revision {revision} put {bound.Metadata.Name} on {bound.Spec.NodeName}, where {used.MilliCpu}m cpu and {used.Pods} pods are more than fit");
    }

    private static string Text(Pod pod) => System.Text.Encoding.UTF8.GetString(ApiJson.EncodeValue(pod.Status));

    private static int Restarts(Pod pod) => pod.Status.ContainerStatuses.Sum(static status => status.RestartCount);

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            Violation ??= violation;
        }
    }
}
