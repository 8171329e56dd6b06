using Minke.Api.Core;

namespace Minke.Scheduler;

/// <summary>
/// The nodes and the pods bound to them, as the scheduler believes them to be: what the watches told, plus pods that were just assigned and whose binding
/// the watch has not told yet (assumed). Not thread-safe; the scheduler's lock guards it.
/// </summary>
public sealed class ClusterCache
{
    private readonly Dictionary<string, NodeModel> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Placement> _placements = new(StringComparer.Ordinal); // by pod uid

    // Pods on nodes that are not known (yet): they count as soon as the node appears.
    private readonly Dictionary<string, Dictionary<string, PodModel>> _homeless = new(StringComparer.Ordinal);
    private NodeModel[]? _snapshot;

    /// <summary>The nodes ordered by name, valid until the next change.</summary>
    public IReadOnlyList<NodeModel> Snapshot =>
        _snapshot ??= [.. _nodes.Values.OrderBy(static node => node.Name, StringComparer.Ordinal)];

    public NodeModel? Find(string node) => _nodes.GetValueOrDefault(node);

    public bool IsAssumed(string podUid) => _placements.TryGetValue(podUid, out var placement) && placement.Assumed;

    public void SetNode(Node node)
    {
        var name = node.Metadata.Name;
        if (_nodes.TryGetValue(name, out var known))
        {
            Replace(known.With(node));
            return;
        }

        var model = NodeModel.Of(node);
        if (_homeless.Remove(name, out var pods))
        {
            model = pods.Values.Aggregate(model, static (current, pod) => current.With(pod));
        }

        _nodes[name] = model;
        _snapshot = null;
    }

    public void RemoveNode(string name)
    {
        if (_nodes.Remove(name, out var model))
        {
            _snapshot = null;
            if (!model.Pods.IsEmpty)
            {
                _homeless[name] = new Dictionary<string, PodModel>(model.Pods, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>A watch told that the pod is on its node.</summary>
    public void SetPod(PodModel pod) => Place(pod, pod.Pod.Spec.NodeName, assumed: false);

    /// <summary>The pod was assigned to a node and the binding is on its way.</summary>
    public void Assume(PodModel pod, string node) => Place(pod, node, assumed: true);

    /// <summary>The binding of an assumed pod came to nothing. What a watch has confirmed stays.</summary>
    public void ForgetAssumed(string podUid)
    {
        if (IsAssumed(podUid))
        {
            RemovePod(podUid);
        }
    }

    /// <summary>The pod is gone or has ended. True when it was on a node.</summary>
    public bool RemovePod(string podUid)
    {
        if (!_placements.Remove(podUid, out var placement))
        {
            return false;
        }

        if (_nodes.TryGetValue(placement.Node, out var model))
        {
            Replace(model.Without(podUid));
        }
        else if (_homeless.TryGetValue(placement.Node, out var pods) && pods.Remove(podUid) && pods.Count == 0)
        {
            _homeless.Remove(placement.Node);
        }

        return true;
    }

    private void Place(PodModel pod, string node, bool assumed)
    {
        RemovePod(pod.Uid);
        _placements[pod.Uid] = new Placement(node, assumed);
        if (_nodes.TryGetValue(node, out var model))
        {
            Replace(model.With(pod));
            return;
        }

        if (!_homeless.TryGetValue(node, out var pods))
        {
            _homeless[node] = pods = new Dictionary<string, PodModel>(StringComparer.Ordinal);
        }

        pods[pod.Uid] = pod;
    }

    private void Replace(NodeModel model)
    {
        _nodes[model.Name] = model;
        if (_snapshot is null)
        {
            return;
        }

        var index = Array.BinarySearch(_snapshot, model, NodeModelNameComparer.Instance);
        if (index >= 0)
        {
            // Decisions do not outlive the scheduler's lock, so the array can be reused.
            _snapshot[index] = model;
        }
        else
        {
            _snapshot = null;
        }
    }

    private readonly record struct Placement(string Node, bool Assumed);

    private sealed class NodeModelNameComparer : IComparer<NodeModel>
    {
        public static NodeModelNameComparer Instance { get; } = new();

        public int Compare(NodeModel? x, NodeModel? y) => string.CompareOrdinal(x?.Name, y?.Name);
    }
}
