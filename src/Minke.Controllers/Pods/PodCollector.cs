using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Pods;

/// <summary>
/// Removes pods that nobody else would: those on a node whose record is gone (a pod never moves; its controller makes another), those that were deleted
/// before they got a node, and the oldest ended ones when there are very many.
/// </summary>
public sealed partial class PodCollector : IController
{
    private const int EndedMax = 12_500;

    // A node that was deleted by mistake, or is being made anew, has this long to come back.
    private static readonly TimeSpan s_nodeQuarantine = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_endedCheck = TimeSpan.FromSeconds(20);

    private readonly ControllerContext _context;
    private readonly Lister<Pod> _pods;
    private readonly Lister<Node> _nodes;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly ILogger _logger;

    public PodCollector(ControllerContext context)
    {
        _context = context;
        _pods = context.Informers.Lister<Pod>();
        _nodes = context.Informers.Lister<Node>();
        _queue = context.NewQueue();
        _logger = context.Loggers.CreateLogger<PodCollector>();
        context.Informers.Of<Pod>().AddHandler(OnPod);
        context.Informers.Of<Node>().AddHandler(OnNode);
    }

    public Task RunAsync(CancellationToken cancellationToken)
    {
        var reconciler = new Reconciler<ObjectKey>("pod collector", _queue, ReconcileAsync, () => _pods.Keys, _logger);
        return Together.RunAsync(cancellationToken, stop => reconciler.RunAsync(4, stop), LimitEndedAsync);
    }

    private void OnNode(Change<Node> change)
    {
        if (change.Type == ChangeType.Deleted)
        {
            foreach (var pod in _pods.Find(Indexes.Node, change.Key.Name))
            {
                _queue.AddAfter(ObjectKey.Of(pod), s_nodeQuarantine);
            }
        }
    }

    private void OnPod(Change<Pod> change)
    {
        if (change.New is not { } pod)
        {
            return;
        }

        if (pod.Spec.NodeName.Length == 0)
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                _queue.Add(change.Key);
            }
        }
        else if (change.Old?.Spec.NodeName != pod.Spec.NodeName && _nodes.Get("", pod.Spec.NodeName) is null)
        {
            _queue.AddAfter(change.Key, s_nodeQuarantine);
        }
    }

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Get(key) is not { } pod)
        {
            return Reconciled.Done;
        }

        var unbound = pod.Spec.NodeName.Length == 0;
        if (unbound ? pod.Metadata.DeletionTimestamp is not null : await IsNodeGoneAsync(pod.Spec.NodeName, cancellationToken))
        {
            LogRemove(_logger, key, unbound ? "it was deleted before it got a node" : $"its node {pod.Spec.NodeName} is gone");
            await RemoveAsync(pod, cancellationToken);
        }

        return Reconciled.Done;
    }

    /// <summary>Asked of the API itself when the cache does not know the node: a cache that lags must not cost a pod.</summary>
    private async Task<bool> IsNodeGoneAsync(string node, CancellationToken cancellationToken)
    {
        if (_nodes.Get("", node) is not null)
        {
            return false;
        }

        try
        {
            await _context.Client.GetAsync<Node>(new ObjectKey("", node), cancellationToken);
            return false;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return true;
        }
    }

    private async Task RemoveAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            await _context.Client.DeleteAsync<Pod>(ObjectKey.Of(pod), new DeleteRequest { Uid = pod.Metadata.Uid, GracePeriodSeconds = 0 }, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            LogGone(_logger, ObjectKey.Of(pod));
        }
    }

    private async Task LimitEndedAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_endedCheck, _context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (_pods.Count > EndedMax)
                {
                    await RemoveOldestEndedAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(_logger);
        }
    }

    private async Task RemoveOldestEndedAsync(CancellationToken cancellationToken)
    {
        var ended = _pods.All.Where(static pod => pod.Status.Phase is "Succeeded" or "Failed").ToList();
        foreach (var pod in ended.OrderBy(static pod => pod.Metadata.CreationTimestamp).Take(Math.Max(0, ended.Count - EndedMax)))
        {
            try
            {
                await RemoveAsync(pod, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The next round tries it again.
                LogFailed(_logger, exception, ObjectKey.Of(pod));
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Pod collector: removes {Pod}: {Why}")]
    private static partial void LogRemove(ILogger logger, ObjectKey pod, string why);

    [LoggerMessage(2, LogLevel.Debug, "Pod collector: {Pod} was gone already")]
    private static partial void LogGone(ILogger logger, ObjectKey pod);

    [LoggerMessage(3, LogLevel.Warning, "Pod collector: {Pod} could not be removed")]
    private static partial void LogFailed(ILogger logger, Exception exception, ObjectKey pod);

    [LoggerMessage(4, LogLevel.Debug, "Pod collector: stopped")]
    private static partial void LogStopped(ILogger logger);
}
