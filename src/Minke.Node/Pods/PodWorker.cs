using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Node.Containers;
using Minke.Node.Runtime;

namespace Minke.Node.Pods;

/// <summary>
/// Everything that this node does for one pod: a single loop that takes in what changed (the object, the runtime, ended actions, the time), decides,
/// publishes the status, and starts the decided actions. Nothing else touches the pod's containers. Actions run beside the loop and only report
/// back to it, so the view has one owner.
/// </summary>
internal sealed partial class PodWorker
{
    private static readonly TimeSpan s_inspectRetry = TimeSpan.FromSeconds(1);

    private readonly PodServices _services;
    private readonly PodStatusWriter _statusWriter;
    private readonly PodOperations _operations;
    private readonly PodObserver _observer;
    private readonly RunningTasks _running = new(limit: 1000);
    private readonly AsyncSignal _wake = new();
    private readonly Lock _lock = new(); // guards _inbox
    private readonly CancellationTokenSource _pulls = new();
    private readonly ExpectedChanges _expected = new();
    private readonly HashSet<string> _announced = new(StringComparer.Ordinal);
    private Inbox _inbox = new();
    private volatile PodView _view;
    private PodStatus? _status;
    private DateTimeOffset? _inspectAt;

    /// <param name="known">The runtime may have something of the pod.</param>
    public PodWorker(PodServices services, Pod pod, PodFailure? failure, bool known)
    {
        _services = services;
        _view = new PodView { Pod = pod, Failure = failure, StartTime = pod.Status.StartTime ?? services.Time.GetUtcNow(), TornDown = false };
        _statusWriter = new PodStatusWriter(services.Client, services.Time, services.Logger);
        _operations = new PodOperations(services, this, _statusWriter);
        _observer = new PodObserver(services.Runtime);
        _inbox.InspectAll = known;
    }

    public PodView View => _view;

    public void Update(Pod pod) => Tell(inbox => inbox.Pod = pod);

    /// <summary>The object is no longer in the API.</summary>
    public void Remove() => Tell(static inbox => inbox.Gone = true);

    /// <summary>Something happened to a container or sandbox.</summary>
    public void Inspect(string id) => Tell(inbox => inbox.Inspect.Add(id));

    /// <summary>A container or sandbox has ended; the runtime may need a moment until its status says so.</summary>
    public void InspectAfterExit(string id) => Tell(inbox => inbox.Expected[id] = ExpectedChange.Exit);

    /// <summary>A container ran out of memory; as with exits.</summary>
    public void InspectAfterOutOfMemory(string id) => Tell(inbox => inbox.Expected[id] = ExpectedChange.OutOfMemory);

    public void InspectAll() => Tell(static inbox => inbox.InspectAll = true);

    /// <summary>Runs until nothing of the pod is left here, or cancelled: containers run on then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = _statusWriter.RunAsync(stop.Token);
        await using var timer = _services.Time.CreateTimer(static state => ((AsyncSignal)state!).Set(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            WarnOfUnsupported();
            while (await StepAsync(timer, stop.Token))
            {
                await _wake.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(_services.Logger, _view.Pod.FullName);
        }
        finally
        {
            stop.Cancel();
            await _running.WhenAllAsync();
            await writing;
            _services.Routes.RemoveAll(this);
            _pulls.Dispose();
        }
    }

    /// <summary>False when the pod is done with.</summary>
    private async Task<bool> StepAsync(ITimer timer, CancellationToken cancellationToken)
    {
        var observed = await TakeInAsync(cancellationToken);
        var now = _services.Time.GetUtcNow();
        if (!observed)
        {
            // What runs is not known: nothing is decided, or told, on a guess.
            SetTimer(timer, _inspectAt, now);
            return true;
        }

        if (_view.Failure is null && !_view.Pod.HasTerminalPhase && PodDecision.Deadline(_view) <= now)
        {
            _view = _view with { Failure = new PodFailure("DeadlineExceeded", "Pod was active on the node longer than the specified deadline") };
        }

        if ((_view.IsEnding || _view.Failure is not null) && !_pulls.IsCancellationRequested)
        {
            _pulls.Cancel();
        }

        var plan = PodDecision.Decide(_view, now);
        PublishStatus(now);
        foreach (var action in plan.Actions)
        {
            Start(action, cancellationToken);
        }

        AnnounceBackoffs(now);
        SetTimer(timer, plan.WakeAt, now);
        return !plan.Finished;
    }

    /// <summary>False when the runtime could not be asked.</summary>
    private async Task<bool> TakeInAsync(CancellationToken cancellationToken)
    {
        Inbox inbox;
        lock (_lock)
        {
            (inbox, _inbox) = (_inbox, new Inbox());
        }

        var view = _view;
        foreach (var outcome in inbox.Outcomes)
        {
            view = outcome(view);
        }

        view = view with { Pod = inbox.Pod ?? view.Pod, Gone = view.Gone || inbox.Gone };
        foreach (var (id, change) in inbox.Expected)
        {
            _expected.Add(id, change);
        }

        _view = view;
        var observed = await ObserveAsync(inbox, cancellationToken);
        _view = ForgetStale(_view);
        return observed;
    }

    private async Task<bool> ObserveAsync(Inbox inbox, CancellationToken cancellationToken)
    {
        try
        {
            if (inbox.InspectAll)
            {
                _view = _view with { Runtime = await _observer.ListAsync(_view, cancellationToken) };
                foreach (var id in _view.Runtime.Sandboxes.Select(static s => s.Id).Concat(_view.Runtime.Containers.Select(static c => c.Id)))
                {
                    _services.Routes.Add(id, this);
                }
            }

            foreach (var id in inbox.Inspect.Union(_expected.Ids))
            {
                _view = _view with { Runtime = await _observer.InspectAsync(_view.Runtime, id, cancellationToken) };
            }

            _inspectAt = _expected.Settle(_view) is { } pause ? _services.Time.GetUtcNow() + pause : null;
            return true;
        }
        catch (RuntimeException e)
        {
            LogUnobserved(_services.Logger, _view.Pod.FullName, e.Message);
            _inspectAt = _services.Time.GetUtcNow() + s_inspectRetry;
            lock (_lock)
            {
                _inbox.InspectAll = true;
            }

            return false;
        }
    }

    /// <summary>A sandbox that is gone need not be remembered as stopped.</summary>
    private static PodView ForgetStale(PodView view)
    {
        var stopped = view.StoppedSandboxes.Where(id => view.Runtime.Sandboxes.Any(sandbox => sandbox.Id == id)).ToImmutableHashSet();
        return stopped.Count == view.StoppedSandboxes.Count ? view : view with { StoppedSandboxes = stopped };
    }

    private void PublishStatus(DateTimeOffset now)
    {
        if (_view.Gone)
        {
            return;
        }

        var before = _view.Pod.Status;
        if (_status is not null)
        {
            before = _status.Clone();
            before.Conditions = PodConditions.WithOthers(before.Conditions, _view.Pod.Status.Conditions);
        }

        _status = PodStatusDeriver.Derive(_view, before, _services.Identity, now);
        _statusWriter.Publish(_view.Pod, _status);
    }

    private void Start(PodAction action, CancellationToken cancellationToken)
    {
        var view = _view;
        _view = view with { Running = view.Running.Add(action.Key) };
        _running.Start(() => RunOneAsync(view, action, cancellationToken));
    }

    private async Task RunOneAsync(PodView view, PodAction action, CancellationToken cancellationToken)
    {
        Func<PodView, PodView> outcome = static after => after;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, action is ResolveImage ? _pulls.Token : default);
        try
        {
            outcome = await _operations.RunAsync(view, action, linked.Token);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            LogCancelled(_services.Logger, action.Key, view.Pod.FullName);
        }
        catch (Exception e)
        {
            // A bug or a failure nobody expected: it must not end the worker, and is tried again like any other.
            LogUnexpected(_services.Logger, e, action.Key, view.Pod.FullName);
            var now = _services.Time.GetUtcNow();
            var obstacle = new Obstacle("InternalError", e.Message, now, now + s_inspectRetry, 1);
            outcome = after => Blocked(after, action, obstacle);
        }

        Tell(inbox => inbox.Outcomes.Add(after => outcome(after) with { Running = after.Running.Remove(action.Key) }));
    }

    private static PodView Blocked(PodView view, PodAction action, Obstacle obstacle) => action switch
    {
        PrepareVolumes => view with { VolumeObstacle = obstacle },
        RefreshVolumes => view with { RefreshVolumesAt = obstacle.RetryAt },
        RunSandbox => view with { SandboxObstacle = obstacle },
        ResolveImage resolve => view with { Obstacles = view.Obstacles.SetItem(resolve.Container.Name, obstacle) },
        StartContainer start => view with { Obstacles = view.Obstacles.SetItem(start.Container.Name, obstacle) },
        _ => view with { TearDownObstacle = obstacle },
    };

    private void SetTimer(ITimer timer, DateTimeOffset? wakeAt, DateTimeOffset now)
    {
        foreach (var (_, obstacle) in _view.Obstacles)
        {
            if (obstacle.Reason == "ErrImagePull" && obstacle.Since + ContainerStatusDeriver.PullErrorShownFor is var shown && shown > now)
            {
                wakeAt = wakeAt is null || shown < wakeAt ? shown : wakeAt;
            }
        }

        if (_inspectAt is { } inspectAt && (wakeAt is null || inspectAt < wakeAt))
        {
            wakeAt = inspectAt;
        }

        var due = wakeAt is not { } at ? Timeout.InfiniteTimeSpan : at > now ? at - now : TimeSpan.Zero;
        timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void AnnounceBackoffs(DateTimeOffset now)
    {
        if (_view.IsEnding || _view.Failure is not null)
        {
            return;
        }

        foreach (var container in _view.Pod.AllContainers)
        {
            if (_view.Obstacles.GetValueOrDefault(container.Name) is { Reason: "ErrImagePull" } pull
                && now - pull.Since >= ContainerStatusDeriver.PullErrorShownFor && _announced.Add($"{container.Name} {pull.Failures}"))
            {
                _services.Events.Normal(_view.Pod, container, "BackOff", $"Back-off pulling image \"{container.Image}\"");
                _services.Events.Warning(_view.Pod, container, "Failed", "Error: ImagePullBackOff");
            }

            if (_view.Runtime.Latest(container.Name) is { State: ContainerRunState.Exited } ended && RestartBackoff.NotBefore(ended) > now
                && PodFacts.ShouldRestart(_view.Pod, container, ended) && _announced.Add(ended.Id))
            {
                var id = $"{_view.Pod.Metadata.Name}_{_view.Pod.Metadata.Namespace}({_view.Pod.Metadata.Uid})";
                _services.Events.Warning(_view.Pod, container, "BackOff", $"Back-off restarting failed container {container.Name} in pod {id}");
            }
        }
    }

    private void WarnOfUnsupported()
    {
        // Said once: a pod that was taken over was told when it was new.
        if (_view.Pod.Status.StartTime is null)
        {
            foreach (var what in UnsupportedFields.Find(_view.Pod.Spec))
            {
                _services.Events.Warning(_view.Pod, "NotSupported", what);
            }
        }
    }

    private void Tell(Action<Inbox> change)
    {
        lock (_lock)
        {
            change(_inbox);
        }

        _wake.Set();
    }

    /// <summary>What came in since the loop looked last; what comes twice counts once, so it stays small.</summary>
    private sealed class Inbox
    {
        public Pod? Pod { get; set; }
        public bool Gone { get; set; }
        public bool InspectAll { get; set; }
        public HashSet<string> Inspect { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, ExpectedChange> Expected { get; } = new(StringComparer.Ordinal);
        public List<Func<PodView, PodView>> Outcomes { get; } = [];
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The worker of pod {Pod} stopped; its containers run on")]
    private static partial void LogStopped(ILogger logger, string pod);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The containers of pod {Pod} could not be looked at: {Reason}")]
    private static partial void LogUnobserved(ILogger logger, string pod, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Action} for pod {Pod} was cancelled")]
    private static partial void LogCancelled(ILogger logger, string action, string pod);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Action} for pod {Pod} failed in a way that nobody expected")]
    private static partial void LogUnexpected(ILogger logger, Exception exception, string action, string pod);
}
