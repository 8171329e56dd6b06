using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Minke.Api.Core;
using Minke.Client;
using Minke.Node.Containers;
using Minke.Node.Runtime;

namespace Minke.Node.Pods;

/// <summary>
/// Has a worker for every pod that is bound to this node or that the runtime still has something of, and hands each what concerns it: changes of
/// objects, events of the runtime, and the differences that a list of everything finds now and then.
/// </summary>
internal sealed partial class PodDirector(PodServices services)
{
    private static readonly TimeSpan s_workerPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_relistPauseMin = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, PodWorker> _workers = new(StringComparer.Ordinal);
    private readonly RunningTasks _running = new(limit: int.MaxValue);
    private readonly AsyncSignal _relist = new();
    private IReadOnlyDictionary<string, Cri.PodSandboxMetadata> _remains = new Dictionary<string, Cri.PodSandboxMetadata>();
    private CancellationToken _stopping;

    /// <summary>The views of all pods here.</summary>
    public IEnumerable<PodView> Views => _workers.Values.Select(static worker => worker.View);

    /// <summary>Asks the runtime what it has from before; until that is known no pod may be started. Repeats until the runtime answers.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _stopping = cancellationToken;
        while (true)
        {
            try
            {
                var version = await services.Runtime.VersionAsync(cancellationToken);
                services = services with { Identity = services.Identity with { RuntimeName = version.RuntimeName } };
                _remains = await FindRemainsAsync(cancellationToken);
                return;
            }
            catch (RuntimeException e)
            {
                LogWaiting(services.Logger, e.Message);
                await Task.Delay(s_workerPause, services.Time, cancellationToken);
            }
        }
    }

    /// <summary>Takes in one change of a pod that is bound to this node.</summary>
    public void OnChange(Change<Pod> change)
    {
        var pod = change.Item;
        if (_workers.TryGetValue(pod.Metadata.Uid, out var worker))
        {
            if (change.New is null)
            {
                worker.Remove();
            }
            else
            {
                worker.Update(pod);
            }
        }
        else if (change.New is not null)
        {
            Add(pod, gone: false);
        }
    }

    /// <summary>Ends what the runtime or the disk has of pods that the API does not know any more. Only once all pods of the API were told.</summary>
    public void RemoveOrphans()
    {
        var uids = _remains.Keys.Concat(services.Cgroups.List()).Concat(DirectoriesOfPods()).Distinct(StringComparer.Ordinal);
        foreach (var uid in uids.Where(uid => !_workers.ContainsKey(uid)).ToList())
        {
            var pod = new Pod();
            pod.Metadata.Uid = uid;
            pod.Metadata.Name = _remains.GetValueOrDefault(uid)?.Name ?? "unknown";
            pod.Metadata.Namespace = _remains.GetValueOrDefault(uid)?.Namespace ?? "unknown";
            LogOrphan(services.Logger, pod.FullName, uid);
            Add(pod, gone: true);
        }

        _remains = new Dictionary<string, Cri.PodSandboxMetadata>();
    }

    /// <summary>Hands the runtime's events to the workers until cancelled.</summary>
    public async Task RunEventsAsync(CancellationToken cancellationToken)
    {
        await foreach (var item in services.Runtime.WatchEventsAsync(cancellationToken))
        {
            if (item.Kind == RuntimeEventKind.Resync)
            {
                _relist.Set();
            }
            else if (services.Routes.Find(item.ContainerId) is { } worker)
            {
                Tell(worker, item);
            }
        }
    }

    /// <summary>Compares everything in the runtime with what the workers know, at an interval and when events may have been missed.</summary>
    public async Task RunRelistsAsync(CancellationToken cancellationToken)
    {
        await using var timer = services.Time.CreateTimer(
            static state => ((AsyncSignal)state!).Set(), _relist, services.Options.RelistInterval, services.Options.RelistInterval);
        while (true)
        {
            await _relist.WaitAsync(cancellationToken);
            try
            {
                await RelistAsync(cancellationToken);
            }
            catch (RuntimeException e)
            {
                LogRelistFailed(services.Logger, e.Message);
            }

            await Task.Delay(s_relistPauseMin, services.Time, cancellationToken);
        }
    }

    public Task WhenStoppedAsync() => _running.WhenAllAsync();

    private static void Tell(PodWorker worker, RuntimeEvent item)
    {
        switch (item.Kind)
        {
            case RuntimeEventKind.ContainerExited:
                worker.InspectAfterExit(item.ContainerId);
                break;
            case RuntimeEventKind.ContainerOutOfMemory:
                worker.InspectAfterOutOfMemory(item.ContainerId);
                break;
            default:
                worker.Inspect(item.ContainerId);
                break;
        }
    }

    private void Add(Pod pod, bool gone)
    {
        var isKnown = gone || _remains.ContainsKey(pod.Metadata.Uid);
        var failure = gone || isKnown || pod.Status.StartTime is not null || pod.IsDeleting || pod.HasTerminalPhase ? null : Admission.Check(pod, ActivePods(), services.Allocatable);
        if (failure is not null)
        {
            services.Events.Warning(pod, failure.Reason, failure.Message);
        }

        var worker = new PodWorker(services, pod, failure, isKnown);
        if (gone)
        {
            worker.Remove();
        }

        _workers[pod.Metadata.Uid] = worker;
        _running.Start(() => RunAsync(pod.Metadata.Uid, worker));
    }

    private List<Pod> ActivePods() =>
        [.. Views.Where(static view => view is { Gone: false, Failure: null } && !view.Pod.HasTerminalPhase).Select(static view => view.Pod)];

    /// <summary>A worker that fails is a bug; the pod gets a new one, which starts from what the runtime has.</summary>
    private async Task RunAsync(string uid, PodWorker worker)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await worker.RunAsync(_stopping);
                break;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogWorkerFailed(services.Logger, e, worker.View.Pod.FullName);
                var view = worker.View;
                worker = new PodWorker(services, view.Pod, view.Failure, known: true);
                if (view.Gone)
                {
                    worker.Remove();
                }

                _workers[uid] = worker;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(s_workerPause, services.Time, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        _workers.TryRemove(uid, out _);
    }

    private async Task RelistAsync(CancellationToken cancellationToken)
    {
        var sandboxes = await services.Runtime.ListPodSandboxesAsync(null, cancellationToken);
        var containers = await services.Runtime.ListContainersAsync(null, cancellationToken);
        var ready = sandboxes.Where(static s => s.State == Cri.PodSandboxState.SandboxReady).Select(static s => s.Id).ToHashSet(StringComparer.Ordinal);
        var running = containers.Where(static c => c.State == Cri.ContainerState.ContainerRunning).Select(static c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var worker in _workers.Values)
        {
            var state = worker.View.Runtime;
            foreach (var sandbox in state.Sandboxes.Where(sandbox => sandbox.Ready != ready.Contains(sandbox.Id)))
            {
                worker.Inspect(sandbox.Id);
            }

            foreach (var container in state.Containers.Where(container => (container.State == ContainerRunState.Running) != running.Contains(container.Id)))
            {
                worker.Inspect(container.Id);
            }
        }

        foreach (var sandbox in sandboxes)
        {
            // Something of the pod that its worker does not know of, because an action's answer was lost.
            if (services.Routes.Find(sandbox.Id) is null && UidOf(sandbox) is { } uid && _workers.TryGetValue(uid, out var worker) && worker.View.Running.IsEmpty)
            {
                worker.InspectAll();
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, Cri.PodSandboxMetadata>> FindRemainsAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Cri.PodSandboxMetadata>(StringComparer.Ordinal);
        foreach (var sandbox in await services.Runtime.ListPodSandboxesAsync(null, cancellationToken))
        {
            if (UidOf(sandbox) is { } uid)
            {
                found[uid] = sandbox.Metadata;
            }
        }

        return found;
    }

    /// <summary>Null for sandboxes that another agent made in the same runtime.</summary>
    private string? UidOf(Cri.PodSandbox sandbox) =>
        sandbox.Labels.TryGetValue(RuntimeLabels.Node, out var node) && node == services.Options.NodeName && sandbox.Labels.TryGetValue(RuntimeLabels.PodUid, out var uid)
            ? uid
            : null;

    private IEnumerable<string> DirectoriesOfPods()
    {
        var volumes = Directory.Exists(services.Paths.PodsDirectory) ? Directory.EnumerateDirectories(services.Paths.PodsDirectory) : [];
        return volumes.Select(static path => Path.GetFileName(path)).Concat(services.Paths.PodsWithLogs());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for the container runtime: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removing what is left of pod {Pod} ({Uid}), which does not exist any more")]
    private static partial void LogOrphan(ILogger logger, string pod, string uid);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The runtime could not be listed: {Reason}")]
    private static partial void LogRelistFailed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker of pod {Pod} failed and is started anew")]
    private static partial void LogWorkerFailed(ILogger logger, Exception exception, string pod);
}
