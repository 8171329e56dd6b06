using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Scheduler;

/// <summary>
/// Binds pods that have no node to one. Decisions are made one after the other under one lock, on what the watches told and what was assumed since;
/// bindings are then written in parallel. It can be stopped at any moment and started again: everything it knows comes from the API.
/// </summary>
public sealed partial class PodScheduler
{
    /// <summary>Pods that name this scheduler, or none, are placed.</summary>
    public const string Name = "default-scheduler";

    private const int BindingsMax = 128;

    private readonly Lock _lock = new(); // guards _cache, _queue and _decider
    private readonly ClusterCache _cache = new();
    private readonly PodQueue _queue;
    private readonly Decider _decider = new();
    private readonly AsyncSignal _signal = new();
    private readonly RunningTasks _bindings = new(BindingsMax);
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly EventRecorder _events;
    private readonly ScheduledCondition _condition;
    private readonly PodBinder _binder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public PodScheduler(IObjectClient client, TimeProvider time, Ids ids, ILoggerFactory loggers)
    {
        _time = time;
        _logger = loggers.CreateLogger<PodScheduler>();
        _queue = new PodQueue(time);

        // The newest state, not just a cached one: a binding that the scheduler before this one made must not be missed.
        _pods = new Informer<Pod>(client, new InformerOptions<Pod> { Newest = true }, time, ids, loggers.CreateLogger<Informer<Pod>>());
        _nodes = new Informer<Node>(client, new InformerOptions<Node> { Newest = true }, time, ids, loggers.CreateLogger<Informer<Node>>());
        _events = new EventRecorder(client, Name, "", time, ids, loggers.CreateLogger<EventRecorder>());
        _condition = new ScheduledCondition(client, time, loggers.CreateLogger<ScheduledCondition>());
        _binder = new PodBinder(client, time, ids, loggers.CreateLogger<PodBinder>());
        _pods.AddHandler(OnPod);
        _nodes.AddHandler(OnNode);
    }

    /// <summary>How many pods wait for a node.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Works until cancelled; bindings that were begun are seen through.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Together.RunAsync(cancellationToken, _nodes.RunAsync, _pods.RunAsync, _events.RunAsync, _condition.RunAsync, DecideAsync);
        await _bindings.WhenAllAsync();
    }

    private async Task DecideAsync(CancellationToken cancellationToken)
    {
        await using var timer = _time.CreateTimer(_ => _signal.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            await _nodes.WhenSyncedAsync(cancellationToken);
            await _pods.WhenSyncedAsync(cancellationToken);
            while (true)
            {
                while (!_bindings.IsFull && DecideNext(cancellationToken))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                ArmTimer(timer);
                await _signal.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(_logger);
        }
    }

    private void ArmTimer(ITimer timer)
    {
        lock (_lock)
        {
            if (_queue.NextDue is { } due)
            {
                var wait = due - _time.GetUtcNow();
                timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Decides about one pod. False when none is ready.</summary>
    private bool DecideNext(CancellationToken cancellationToken)
    {
        PodModel? pod;
        Outcome outcome;
        lock (_lock)
        {
            pod = _queue.TryTake();
            if (pod is null)
            {
                return false;
            }

            outcome = _decider.Decide(_cache.Snapshot, pod);
            switch (outcome)
            {
                case Outcome.Placed placed:
                    _cache.Assume(pod, placed.Node);
                    break;
                case Outcome.Unschedulable unschedulable:
                    _queue.Park(pod.Uid, unschedulable.WokenBy);
                    break;
            }
        }

        Carry(pod, outcome, cancellationToken);
        return true;
    }

    private void Carry(PodModel pod, Outcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case Outcome.Placed placed:
                _bindings.Start(() => BindAsync(pod, placed.Node, cancellationToken));
                break;
            case Outcome.Unschedulable unschedulable:
                LogUnschedulable(_logger, pod.Key, unschedulable.Message);
                _events.Warning(pod.Pod, "FailedScheduling", unschedulable.Message);
                _condition.Report(pod.Pod, "Unschedulable", unschedulable.Message);
                break;
        }
    }

    private async Task BindAsync(PodModel pod, string node, CancellationToken cancellationToken)
    {
        var result = await _binder.BindAsync(pod, node, cancellationToken);
        lock (_lock)
        {
            if (result != BindResult.Bound)
            {
                _cache.ForgetAssumed(pod.Uid);
            }

            if (result == BindResult.NotBound)
            {
                _queue.Retry(pod.Uid);
                _queue.Wake(ClusterChange.PodRemoved);
            }
        }

        if (result == BindResult.Bound)
        {
            LogBound(_logger, pod.Key, node);
            _events.Normal(pod.Pod, "Scheduled", $"Successfully assigned {pod.Key} to {node}");
        }

        // A place among the bindings is free, or a pod has to be tried again.
        _signal.Set();
    }

    private void OnPod(Change<Pod> change)
    {
        var pod = change.Item;
        lock (_lock)
        {
            if (change.New is null || PodChanges.HasEnded(pod))
            {
                _queue.Remove(pod.Metadata.Uid);
                if (_cache.RemovePod(pod.Metadata.Uid))
                {
                    _queue.Wake(ClusterChange.PodRemoved);
                }
            }
            else if (pod.Spec.NodeName.Length > 0)
            {
                SetBound(change.Old, pod);
            }
            else
            {
                SetWaiting(change.Old, pod);
            }
        }

        _signal.Set();
    }

    private void SetBound(Pod? old, Pod pod)
    {
        _queue.Remove(pod.Metadata.Uid);
        if (old is not null && old.Spec.NodeName.Length > 0 && !PodChanges.AffectPlacement(old, pod))
        {
            return;
        }

        _cache.SetPod(new PodModel(pod));
        _queue.Wake(ClusterChange.PodPlaced | (old is null ? ClusterChange.None : ClusterChange.PodRemoved));
    }

    private void SetWaiting(Pod? old, Pod pod)
    {
        if (pod.Spec.SchedulerName.Length > 0 && pod.Spec.SchedulerName != Name)
        {
            return;
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            _queue.Remove(pod.Metadata.Uid);
        }
        else if (pod.Spec.SchedulingGates.Count > 0)
        {
            _queue.Remove(pod.Metadata.Uid);
            _condition.Report(pod, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates");
        }
        else
        {
            _queue.Set(new PodModel(pod), old is not null && PodChanges.AffectPlacement(old, pod));
        }
    }

    private void OnNode(Change<Node> change)
    {
        lock (_lock)
        {
            if (change.New is null)
            {
                _cache.RemoveNode(change.Item.Metadata.Name);
                return;
            }

            _cache.SetNode(change.New);
            _queue.Wake(NodeChanges.Between(change.Old, change.New));
        }

        _signal.Set();
    }

    [LoggerMessage(1, LogLevel.Debug, "Scheduler: {Pod} is on {Node}")]
    private static partial void LogBound(ILogger logger, ObjectKey pod, string node);

    [LoggerMessage(2, LogLevel.Debug, "Scheduler: {Pod} has to wait: {Message}")]
    private static partial void LogUnschedulable(ILogger logger, ObjectKey pod, string message);

    [LoggerMessage(3, LogLevel.Debug, "Scheduler: stopped")]
    private static partial void LogStopped(ILogger logger);
}
