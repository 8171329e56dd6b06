using System.Globalization;
using Google.Protobuf;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Testing.Runtime;

/// <summary>
/// A container runtime in memory: processes are scripted (<see cref="Behavior"/>), time is the given one, calls take as long as they are told to and
/// fail when they are told to. It outlives the node agents that use it, as a real one does. Thread-safe; deterministic on a single thread.
/// </summary>
public sealed class FakeRuntime(TimeProvider time) : IContainerRuntime
{
    private readonly Lock _lock = new(); // guards the collections and the counters
    private readonly Dictionary<string, FakeSandbox> _sandboxes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeContainer> _containers = new(StringComparer.Ordinal);
    private readonly List<string> _calls = [];
    private readonly FakeEventHub _events = new();
    private int _made;

    /// <summary>Chooses what a new container does.</summary>
    public Func<ContainerConfig, FakeBehavior> Behavior { get; set; } = static _ => FakeBehavior.RunsForever;

    /// <summary>Asked before each call with its name and subject, for example <c>RunPodSandbox default/web</c>; what it returns is thrown.</summary>
    public Func<string, Exception?> Fault { get; set; } = static _ => null;

    /// <summary>How long a call takes, by its name.</summary>
    public Func<string, TimeSpan> Latency { get; set; } = static _ => TimeSpan.Zero;

    /// <summary>Says whether an image is here without being pulled.</summary>
    public Func<string, bool> HasImage { get; set; } = static _ => true;

    public bool NetworkIsReady { get; set; } = true;

    /// <summary>Every call that changes something, for example <c>StartContainer main</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public IReadOnlyList<FakeSandbox> Sandboxes
    {
        get
        {
            lock (_lock)
            {
                return [.. _sandboxes.Values];
            }
        }
    }

    public IReadOnlyList<FakeContainer> Containers
    {
        get
        {
            lock (_lock)
            {
                return [.. _containers.Values];
            }
        }
    }

    /// <summary>The running containers of a pod, by name.</summary>
    public IReadOnlyList<FakeContainer> RunningIn(string @namespace, string pod)
    {
        lock (_lock)
        {
            var sandboxes = _sandboxes.Values.Where(sandbox => sandbox.Pod == $"{@namespace}/{pod}").Select(static sandbox => sandbox.Id).ToHashSet(StringComparer.Ordinal);
            return [.. _containers.Values.Where(container => container.IsRunning && sandboxes.Contains(container.SandboxId)).OrderBy(static container => container.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>The process ends, as if by itself.</summary>
    public void Exit(FakeContainer container, int exitCode, string reason = "")
    {
        lock (_lock)
        {
            End(container, exitCode, reason);
        }
    }

    /// <summary>The kernel kills the process because of its memory limit.</summary>
    public void RunOutOfMemory(FakeContainer container)
    {
        _events.Tell(new RuntimeEvent(RuntimeEventKind.ContainerOutOfMemory, container.Id));
        Exit(container, 137, "OOMKilled");
    }

    /// <summary>The sandbox's own process dies; its containers run on until it is stopped.</summary>
    public void KillSandbox(FakeSandbox sandbox)
    {
        lock (_lock)
        {
            sandbox.IsReady = false;
        }

        _events.Tell(new RuntimeEvent(RuntimeEventKind.ContainerExited, sandbox.Id));
    }

    /// <summary>The machine restarts: nothing runs any more, and nobody is told by events.</summary>
    public void Reboot()
    {
        lock (_lock)
        {
            foreach (var container in _containers.Values.Where(static container => container.IsRunning))
            {
                container.ExitTimer?.Dispose();
                (container.FinishedAt, container.ExitCode, container.Reason) = (time.GetUtcNow(), 255, "Unknown");
                container.Ended.TrySetResult();
            }

            foreach (var sandbox in _sandboxes.Values)
            {
                sandbox.IsReady = false;
            }
        }
    }

    /// <summary>Tells listeners that they may have missed events.</summary>
    public void InterruptEvents() => _events.Tell(RuntimeEvent.Resync);

    public async Task<VersionResponse> VersionAsync(CancellationToken cancellationToken)
    {
        await BeginAsync("Version", "", false, cancellationToken);
        return new VersionResponse { Version = "v1", RuntimeName = "containerd", RuntimeVersion = "1.6.20", RuntimeApiVersion = "v1" };
    }

    public async Task<RuntimeStatus> StatusAsync(CancellationToken cancellationToken)
    {
        await BeginAsync("Status", "", false, cancellationToken);
        return new RuntimeStatus
        {
            Conditions = { new RuntimeCondition { Type = "RuntimeReady", Status = true }, new RuntimeCondition { Type = "NetworkReady", Status = NetworkIsReady } },
        };
    }

    public async Task<string> RunPodSandboxAsync(PodSandboxConfig config, string runtimeHandler, CancellationToken cancellationToken)
    {
        await BeginAsync("RunPodSandbox", $"{config.Metadata.Namespace}/{config.Metadata.Name}", true, cancellationToken);
        lock (_lock)
        {
            Reserve(_sandboxes.Values.Any(other => other.Config.Metadata.Equals(config.Metadata)), "RunPodSandbox", config.Metadata.ToString());
            var number = ++_made;
            var id = string.Create(CultureInfo.InvariantCulture, $"sandbox-{number}");
            var address = string.Create(CultureInfo.InvariantCulture, $"10.88.{number / 250}.{(number % 250) + 2}");
            _sandboxes[id] = new FakeSandbox(id, config.Clone(), address, time.GetUtcNow());
            return id;
        }
    }

    public async Task StopPodSandboxAsync(string sandboxId, CancellationToken cancellationToken)
    {
        await BeginAsync("StopPodSandbox", sandboxId, true, cancellationToken);
        lock (_lock)
        {
            foreach (var container in _containers.Values.Where(container => container.SandboxId == sandboxId && container.IsRunning))
            {
                End(container, 137, "");
            }

            if (_sandboxes.TryGetValue(sandboxId, out var sandbox))
            {
                sandbox.IsReady = false;
            }
        }
    }

    public async Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancellationToken)
    {
        await StopPodSandboxAsync(sandboxId, cancellationToken);
        lock (_lock)
        {
            _sandboxes.Remove(sandboxId);
            foreach (var container in _containers.Values.Where(container => container.SandboxId == sandboxId).ToList())
            {
                _containers.Remove(container.Id);
            }
        }
    }

    public async Task<PodSandboxStatus> PodSandboxStatusAsync(string sandboxId, CancellationToken cancellationToken)
    {
        await BeginAsync("PodSandboxStatus", sandboxId, false, cancellationToken);
        lock (_lock)
        {
            var sandbox = _sandboxes.GetValueOrDefault(sandboxId) ?? throw NotFound("PodSandboxStatus", sandboxId);
            return new PodSandboxStatus
            {
                Id = sandbox.Id,
                Metadata = sandbox.Config.Metadata.Clone(),
                State = sandbox.IsReady ? PodSandboxState.SandboxReady : PodSandboxState.SandboxNotready,
                CreatedAt = Nanoseconds(sandbox.CreatedAt),
                Network = new PodSandboxNetworkStatus { Ip = sandbox.IsReady ? sandbox.Address : "" },
                Labels = { sandbox.Config.Labels },
                Annotations = { sandbox.Config.Annotations },
            };
        }
    }

    public async Task<IReadOnlyList<PodSandbox>> ListPodSandboxesAsync(PodSandboxFilter? filter, CancellationToken cancellationToken)
    {
        await BeginAsync("ListPodSandbox", "", false, cancellationToken);
        lock (_lock)
        {
            return
            [
                .. _sandboxes.Values.Where(sandbox => Matches(filter?.LabelSelector, sandbox.Config.Labels)).Select(static sandbox => new PodSandbox
                {
                    Id = sandbox.Id,
                    Metadata = sandbox.Config.Metadata.Clone(),
                    State = sandbox.IsReady ? PodSandboxState.SandboxReady : PodSandboxState.SandboxNotready,
                    CreatedAt = Nanoseconds(sandbox.CreatedAt),
                    Labels = { sandbox.Config.Labels },
                }),
            ];
        }
    }

    public async Task<string> CreateContainerAsync(string sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig, CancellationToken cancellationToken)
    {
        await BeginAsync("CreateContainer", config.Metadata.Name, true, cancellationToken);
        lock (_lock)
        {
            if (!_sandboxes.TryGetValue(sandboxId, out var sandbox) || !sandbox.IsReady)
            {
                throw NotFound("CreateContainer", sandboxId);
            }

            Reserve(_containers.Values.Any(other => other.SandboxId == sandboxId && other.Config.Metadata.Equals(config.Metadata)), "CreateContainer", config.Metadata.ToString());
            var id = string.Create(CultureInfo.InvariantCulture, $"container-{++_made}");
            _containers[id] = new FakeContainer(id, sandboxId, config.Clone(), Behavior(config), time.GetUtcNow());
            return id;
        }
    }

    public async Task StartContainerAsync(string containerId, CancellationToken cancellationToken)
    {
        await BeginAsync("StartContainer", NameOf(containerId), true, cancellationToken);
        lock (_lock)
        {
            var container = Existing("StartContainer", containerId);
            if (container.StartedAt is not null)
            {
                throw new RuntimeException(RuntimeErrorCode.Failed, "StartContainer", "the container was started before");
            }

            container.StartedAt = time.GetUtcNow();
            _events.Tell(new RuntimeEvent(RuntimeEventKind.ContainerStarted, containerId));
            if (container.Behavior.ExitAfter is { } after)
            {
                container.ExitTimer = time.CreateTimer(
                    _ => Exit(container, container.Behavior.ExitCode, container.Behavior.Reason), null, after, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public async Task StopContainerAsync(string containerId, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        await BeginAsync("StopContainer", NameOf(containerId), true, cancellationToken);
        FakeContainer? container;
        lock (_lock)
        {
            container = _containers.GetValueOrDefault(containerId);
            if (container is not { IsRunning: true })
            {
                return;
            }

            if (!container.Behavior.IgnoresTerm || gracePeriod <= TimeSpan.Zero)
            {
                End(container, gracePeriod <= TimeSpan.Zero ? 137 : 143, "");
                return;
            }
        }

        // A second call with less patience ends the wait of the first.
        using var patience = time.CreateTimer(_ => Exit(container, 137), null, gracePeriod, Timeout.InfiniteTimeSpan);
        await container.Ended.Task;
    }

    public async Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken)
    {
        await BeginAsync("RemoveContainer", NameOf(containerId), true, cancellationToken);
        lock (_lock)
        {
            if (_containers.TryGetValue(containerId, out var container))
            {
                End(container, 137, "");
                _containers.Remove(containerId);
            }
        }
    }

    public async Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter? filter, CancellationToken cancellationToken)
    {
        await BeginAsync("ListContainers", "", false, cancellationToken);
        lock (_lock)
        {
            return
            [
                .. _containers.Values.Where(container => Matches(filter?.LabelSelector, container.Config.Labels)).Select(static container => new Container
                {
                    Id = container.Id,
                    PodSandboxId = container.SandboxId,
                    Metadata = container.Config.Metadata.Clone(),
                    State = container.State,
                    CreatedAt = Nanoseconds(container.CreatedAt),
                    Labels = { container.Config.Labels },
                }),
            ];
        }
    }

    public async Task<ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken)
    {
        await BeginAsync("ContainerStatus", NameOf(containerId), false, cancellationToken);
        lock (_lock)
        {
            var container = Existing("ContainerStatus", containerId);
            var ended = container.FinishedAt is not null;
            return new ContainerStatus
            {
                Id = container.Id,
                Metadata = container.Config.Metadata.Clone(),
                State = container.State,
                CreatedAt = Nanoseconds(container.CreatedAt),
                StartedAt = Nanoseconds(container.StartedAt),
                FinishedAt = Nanoseconds(container.FinishedAt),
                ExitCode = container.ExitCode,
                Reason = !ended ? "" : container.Reason.Length > 0 ? container.Reason : container.ExitCode == 0 ? "Completed" : "Error",
                Image = container.Config.Image.Clone(),
                ImageRef = container.Config.Image.Image,
                Labels = { container.Config.Labels },
                Annotations = { container.Config.Annotations },
                Mounts = { container.Config.Mounts },
            };
        }
    }

    public Task UpdateContainerResourcesAsync(string containerId, LinuxContainerResources resources, CancellationToken cancellationToken) =>
        BeginAsync("UpdateContainerResources", NameOf(containerId), true, cancellationToken);

    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken) =>
        BeginAsync("ReopenContainerLog", NameOf(containerId), true, cancellationToken);

    public async Task<ExecSyncResponse> ExecSyncAsync(string containerId, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await BeginAsync("ExecSync", NameOf(containerId), true, cancellationToken);
        return new ExecSyncResponse { Stdout = ByteString.CopyFromUtf8(string.Join(' ', command)) };
    }

    public Task<string> ExecAsync(ExecRequest request, CancellationToken cancellationToken) => StreamAsync("Exec", request.ContainerId, cancellationToken);

    public Task<string> AttachAsync(AttachRequest request, CancellationToken cancellationToken) => StreamAsync("Attach", request.ContainerId, cancellationToken);

    public Task<string> PortForwardAsync(PortForwardRequest request, CancellationToken cancellationToken) => StreamAsync("PortForward", request.PodSandboxId, cancellationToken);

    public async Task<ContainerStats> ContainerStatsAsync(string containerId, CancellationToken cancellationToken)
    {
        await BeginAsync("ContainerStats", NameOf(containerId), false, cancellationToken);
        lock (_lock)
        {
            return Stats(Existing("ContainerStats", containerId));
        }
    }

    public async Task<IReadOnlyList<ContainerStats>> ListContainerStatsAsync(ContainerStatsFilter? filter, CancellationToken cancellationToken)
    {
        await BeginAsync("ListContainerStats", "", false, cancellationToken);
        lock (_lock)
        {
            return [.. _containers.Values.Where(container => container.IsRunning && Matches(filter?.LabelSelector, container.Config.Labels)).Select(Stats)];
        }
    }

    public async Task<string> PullImageAsync(ImageSpec image, AuthConfig? auth, PodSandboxConfig? sandboxConfig, CancellationToken cancellationToken)
    {
        await BeginAsync("PullImage", image.Image, true, cancellationToken);
        return $"sha256:{image.Image}";
    }

    public async Task<IReadOnlyList<Image>> ListImagesAsync(CancellationToken cancellationToken)
    {
        await BeginAsync("ListImages", "", false, cancellationToken);
        return [];
    }

    public async Task<Image?> ImageStatusAsync(ImageSpec image, CancellationToken cancellationToken)
    {
        await BeginAsync("ImageStatus", image.Image, false, cancellationToken);
        // What was pulled is found by the reference that the pull gave.
        var pulled = image.Image.StartsWith("sha256:", StringComparison.Ordinal);
        return pulled || HasImage(image.Image) ? new Image { Id = pulled ? image.Image : $"sha256:{image.Image}", RepoTags = { image.Image }, Size = 1 } : null;
    }

    public Task RemoveImageAsync(ImageSpec image, CancellationToken cancellationToken) => BeginAsync("RemoveImage", image.Image, true, cancellationToken);

    public async Task<ImageFsInfoResponse> ImageFsInfoAsync(CancellationToken cancellationToken)
    {
        await BeginAsync("ImageFsInfo", "", false, cancellationToken);
        return new ImageFsInfoResponse();
    }

    public IAsyncEnumerable<RuntimeEvent> WatchEventsAsync(CancellationToken cancellationToken) => _events.ListenAsync(cancellationToken);

    private async Task BeginAsync(string name, string subject, bool changes, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (Latency(name) is var latency && latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, time, cancellationToken);
        }

        var call = subject.Length == 0 ? name : $"{name} {subject}";
        if (Fault(call) is { } fault)
        {
            throw fault;
        }

        if (changes)
        {
            lock (_lock)
            {
                _calls.Add(call);
            }
        }
    }

    private async Task<string> StreamAsync(string name, string id, CancellationToken cancellationToken)
    {
        await BeginAsync(name, id, true, cancellationToken);
        return $"http://127.0.0.1:1/{name}/{id}";
    }

    private void End(FakeContainer container, int exitCode, string reason)
    {
        if (!container.IsRunning)
        {
            return;
        }

        container.ExitTimer?.Dispose();
        container.FinishedAt = time.GetUtcNow();
        container.ExitCode = exitCode;
        container.Reason = reason;
        container.Ended.TrySetResult();
        _events.Tell(new RuntimeEvent(RuntimeEventKind.ContainerExited, container.Id));
    }

    private FakeContainer Existing(string operation, string id) => _containers.GetValueOrDefault(id) ?? throw NotFound(operation, id);

    private string NameOf(string containerId)
    {
        lock (_lock)
        {
            return _containers.TryGetValue(containerId, out var container) ? container.Name : containerId;
        }
    }

    private static ContainerStats Stats(FakeContainer container) => new()
    {
        Attributes = new ContainerAttributes { Id = container.Id, Metadata = container.Config.Metadata.Clone(), Labels = { container.Config.Labels } },
    };

    private static bool Matches(IDictionary<string, string>? selector, IDictionary<string, string> labels) =>
        selector is null || selector.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    private static void Reserve(bool taken, string operation, string name)
    {
        if (taken)
        {
            throw new RuntimeException(RuntimeErrorCode.Failed, operation, $"name {name} is reserved");
        }
    }

    private static RuntimeException NotFound(string operation, string id) => new(RuntimeErrorCode.NotFound, operation, $"{id}: not found");

    private static long Nanoseconds(DateTimeOffset? at) => at is { } time ? (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick : 0;
}
