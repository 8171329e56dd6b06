using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Coordination;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Nodes;

/// <summary>
/// Watches over nodes: one that has not been heard of for a while gets the condition Ready=Unknown, its pods are no longer ready, and taints that follow
/// from the conditions keep pods away or, by <see cref="TaintEviction"/>, have them leave.
/// </summary>
public sealed partial class NodeLifecycle : IController
{
    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>How long a node may be silent.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(40);

    private static readonly string[] s_conditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    private readonly ControllerContext _context;
    private readonly Lister<Node> _nodes;
    private readonly Lister<Pod> _pods;
    private readonly Heartbeats _heartbeats;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly EventRecorder _events;
    private readonly ILogger _logger;

    public NodeLifecycle(ControllerContext context)
    {
        _context = context;
        _nodes = context.Informers.Lister<Node>();
        _pods = context.Informers.Lister<Pod>();
        _heartbeats = new Heartbeats(context.Time);
        _queue = context.NewQueue();
        _events = context.NewRecorder("node-controller");
        _logger = context.Loggers.CreateLogger<NodeLifecycle>();
        context.Informers.Of<Node>().AddHandler(OnNode);
        context.Informers.Of<Lease>().AddHandler(OnLease);
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<ObjectKey>("node lifecycle", _queue, ReconcileAsync, () => _nodes.Keys, _logger).RunAsync(2, cancellationToken);

    private void OnNode(Change<Node> change)
    {
        if (change.New is null)
        {
            _heartbeats.Forget(change.Key.Name);
            return;
        }

        _heartbeats.Note(change.New);
        _queue.Add(change.Key);
    }

    private void OnLease(Change<Lease> change)
    {
        if (change.New is { Metadata.Namespace: LeaseNamespace } lease)
        {
            _heartbeats.Note(lease);
        }
    }

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Get(key) is not { } node)
        {
            return Reconciled.Done;
        }

        var left = GracePeriod - _heartbeats.SilenceOf(key.Name);
        if (left <= TimeSpan.Zero)
        {
            node = await MarkUnknownAsync(node, cancellationToken);
        }

        if (NodeTaints.Correct(node, _context.Time.GetUtcNow()) is { } taints)
        {
            var tainted = node.Clone();
            tainted.Spec.Taints.Clear();
            tainted.Spec.Taints.AddRange(taints);
            await _context.Client.UpdateAsync(tainted, cancellationToken);
        }

        // A silent node is looked at when it speaks; a speaking one when it would have been silent for too long.
        return left > TimeSpan.Zero ? Reconciled.After(left) : Reconciled.After(GracePeriod);
    }

    private async Task<Node> MarkUnknownAsync(Node node, CancellationToken cancellationToken)
    {
        if (NodeTaints.ReadyStatus(node) != "Unknown")
        {
            LogSilent(_logger, node.Metadata.Name);
            node = await _context.Client.UpdateStatusAsync(Silenced(node), cancellationToken);
            _events.Normal(node, "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady");
        }

        foreach (var pod in _pods.Find(Indexes.Node, node.Metadata.Name))
        {
            await MarkNotReadyAsync(pod, cancellationToken);
        }

        return node;
    }

    private Node Silenced(Node node)
    {
        var silenced = node.Clone();
        var now = _context.Time.GetUtcNow();
        foreach (var type in s_conditions)
        {
            var condition = silenced.Status.Conditions.FirstOrDefault(item => item.Type == type);
            if (condition is null)
            {
                condition = new NodeCondition { Type = type, Reason = "NodeStatusNeverUpdated", Message = "Kubelet never posted node status." };
                silenced.Status.Conditions.Add(condition);
            }
            else
            {
                condition.Reason = "NodeStatusUnknown";
                condition.Message = "Kubelet stopped posting node status.";
            }

            condition.LastTransitionTime = condition.Status == "Unknown" ? condition.LastTransitionTime : now;
            condition.Status = "Unknown";
        }

        return silenced;
    }

    /// <summary>Nobody knows how the pod is, so nothing should be sent to it.</summary>
    private async Task MarkNotReadyAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (!PodFacts.IsReady(pod))
        {
            return;
        }

        var changed = pod.Clone();
        var ready = changed.Status.Conditions.First(static condition => condition.Type == "Ready");
        ready.Status = "False";
        ready.LastTransitionTime = _context.Time.GetUtcNow();
        try
        {
            await _context.Client.UpdateStatusAsync(changed, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            LogGone(_logger, ObjectKey.Of(pod));
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Node {Node} has not been heard of for too long")]
    private static partial void LogSilent(ILogger logger, string node);

    [LoggerMessage(2, LogLevel.Debug, "Node lifecycle: {Pod} was gone already")]
    private static partial void LogGone(ILogger logger, ObjectKey pod);
}
