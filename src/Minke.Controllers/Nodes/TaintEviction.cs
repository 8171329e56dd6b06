using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Nodes;

/// <summary>Deletes pods that do not, or no longer, tolerate a NoExecute taint of their node. Their controllers make others elsewhere.</summary>
public sealed partial class TaintEviction : IController
{
    private readonly ControllerContext _context;
    private readonly Lister<Pod> _pods;
    private readonly Lister<Node> _nodes;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly EventRecorder _events;
    private readonly ILogger _logger;

    public TaintEviction(ControllerContext context)
    {
        _context = context;
        _pods = context.Informers.Lister<Pod>();
        _nodes = context.Informers.Lister<Node>();
        _queue = context.NewQueue();
        _events = context.NewRecorder("taint-eviction-controller");
        _logger = context.Loggers.CreateLogger<TaintEviction>();
        context.Informers.Of<Pod>().AddHandler(OnPod);
        context.Informers.Of<Node>().AddHandler(OnNode);
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<ObjectKey>("taint eviction", _queue, ReconcileAsync, () => _pods.Keys, _logger).RunAsync(4, cancellationToken);

    private static bool HasNoExecute(Node? node) => node?.Spec.Taints.Any(static taint => taint.Effect == "NoExecute") == true;

    private void OnPod(Change<Pod> change)
    {
        if (change.New is { } pod && HasNoExecute(_nodes.Get("", pod.Spec.NodeName)))
        {
            _queue.Add(change.Key);
        }
    }

    private void OnNode(Change<Node> change)
    {
        if (!HasNoExecute(change.New))
        {
            return;
        }

        foreach (var pod in _pods.Find(Indexes.Node, change.Key.Name))
        {
            _queue.Add(ObjectKey.Of(pod));
        }
    }

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { Metadata.DeletionTimestamp: null } pod || _nodes.Get("", pod.Spec.NodeName) is not { } node)
        {
            return Reconciled.Done;
        }

        var now = _context.Time.GetUtcNow();
        if (EvictionTime.Of(pod, node, now) is not { } at)
        {
            return Reconciled.Done;
        }

        if (at > now)
        {
            return Reconciled.After(at - now);
        }

        LogEvict(_logger, key, node.Metadata.Name);
        _events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {key}");
        try
        {
            await _context.Client.DeleteAsync<Pod>(key, new DeleteRequest { Uid = pod.Metadata.Uid }, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            LogGone(_logger, key);
        }

        return Reconciled.Done;
    }

    [LoggerMessage(1, LogLevel.Information, "Taint eviction: {Pod} has to leave {Node}")]
    private static partial void LogEvict(ILogger logger, ObjectKey pod, string node);

    [LoggerMessage(2, LogLevel.Debug, "Taint eviction: {Pod} was gone already")]
    private static partial void LogGone(ILogger logger, ObjectKey pod);
}
