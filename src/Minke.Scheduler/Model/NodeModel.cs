using System.Collections.Immutable;
using Minke.Api.Core;

namespace Minke.Scheduler;

/// <summary>A node and what the pods on it take, assumed ones included. Immutable; each change makes a new one.</summary>
public sealed class NodeModel
{
    private NodeModel(Node node, ResourceAmounts allocatable, ImmutableDictionary<string, PodModel> pods)
    {
        Node = node;
        Allocatable = allocatable;
        Pods = pods;
    }

    public Node Node { get; }
    public string Name => Node.Metadata.Name;
    public ResourceAmounts Allocatable { get; }

    /// <summary>By uid.</summary>
    public ImmutableDictionary<string, PodModel> Pods { get; }

    /// <summary>The sum of what the pods request.</summary>
    public ResourceAmounts Requested { get; private init; } = ResourceAmounts.Zero;

    /// <summary>The same with defaults for containers without requests.</summary>
    public ResourceAmounts ScoringRequested { get; private init; } = ResourceAmounts.Zero;

    /// <summary>Taken by pods on this node. A pod that collides with none of these fits.</summary>
    public ImmutableList<HostPort> UsedPorts { get; private init; } = [];

    /// <summary>How many pods of each controller are here.</summary>
    public ImmutableDictionary<string, int> PodsOfController { get; private init; } = ImmutableDictionary<string, int>.Empty;

    public static NodeModel Of(Node node) =>
        new(node, Amounts.Of(node.Status.Allocatable.Count > 0 ? node.Status.Allocatable : node.Status.Capacity), ImmutableDictionary<string, PodModel>.Empty);

    /// <summary>The same pods on a newer state of the node.</summary>
    public NodeModel With(Node node)
    {
        var result = Of(node);
        return new NodeModel(node, result.Allocatable, Pods)
        {
            Requested = Requested,
            ScoringRequested = ScoringRequested,
            UsedPorts = UsedPorts,
            PodsOfController = PodsOfController,
        };
    }

    public NodeModel With(PodModel pod) => Pods.ContainsKey(pod.Uid) ? Without(pod.Uid).Change(pod, 1) : Change(pod, 1);

    public NodeModel Without(string podUid) => Pods.TryGetValue(podUid, out var pod) ? Change(pod, -1) : this;

    private NodeModel Change(PodModel pod, int sign)
    {
        var controllers = PodsOfController;
        if (pod.ControllerUid is { } uid)
        {
            var count = controllers.GetValueOrDefault(uid) + sign;
            controllers = count == 0 ? controllers.Remove(uid) : controllers.SetItem(uid, count);
        }

        return new NodeModel(Node, Allocatable, sign > 0 ? Pods.Add(pod.Uid, pod) : Pods.Remove(pod.Uid))
        {
            Requested = sign > 0 ? Requested + pod.Requests : Requested - pod.Requests,
            ScoringRequested = sign > 0 ? ScoringRequested + pod.ScoringRequests : ScoringRequested - pod.ScoringRequests,
            UsedPorts = sign > 0 ? UsedPorts.AddRange(pod.HostPorts) : UsedPorts.RemoveRange(pod.HostPorts),
            PodsOfController = controllers,
        };
    }
}
