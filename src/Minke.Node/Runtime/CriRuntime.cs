using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Minke.Node.Runtime.Grpc;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Runtime;

/// <summary>The container runtime behind a CRI version 1 socket (containerd, CRI-O).</summary>
public sealed class CriRuntime : IContainerRuntime, IDisposable
{
    private const string RuntimeService = "/runtime.v1.RuntimeService/";
    private const string ImageService = "/runtime.v1.ImageService/";

    // The kubelet's default runtimeRequestTimeout.
    private static readonly TimeSpan s_callTimeout = TimeSpan.FromMinutes(2);
    // containerd itself gives up a pull that makes no progress; this bounds one that trickles.
    private static readonly TimeSpan s_pullTimeout = TimeSpan.FromMinutes(30);

    private readonly GrpcChannel _channel;
    private readonly RuntimeEventSource _events;

    /// <param name="socketPath">The Unix socket's path; a leading <c>unix://</c> is allowed.</param>
    public CriRuntime(string socketPath, TimeProvider time, ILogger<CriRuntime> logger)
    {
        var path = socketPath.StartsWith("unix://", StringComparison.Ordinal) ? socketPath["unix://".Length..] : socketPath;
        _channel = new GrpcChannel(path, time);
        _events = new RuntimeEventSource(this, _channel, time, logger);
    }

    public Task<VersionResponse> VersionAsync(CancellationToken cancellationToken) =>
        RuntimeCallAsync("Version", new VersionRequest { Version = "v1" }, VersionResponse.Parser, s_callTimeout, cancellationToken);

    public async Task<RuntimeStatus> StatusAsync(CancellationToken cancellationToken) =>
        (await RuntimeCallAsync("Status", new StatusRequest(), StatusResponse.Parser, s_callTimeout, cancellationToken)).Status ?? new RuntimeStatus();

    public async Task<string> RunPodSandboxAsync(PodSandboxConfig config, string runtimeHandler, CancellationToken cancellationToken)
    {
        var request = new RunPodSandboxRequest { Config = config, RuntimeHandler = runtimeHandler };
        // Twice the usual: a sandbox includes the network plug-ins and perhaps the pull of the pause image.
        return (await RuntimeCallAsync("RunPodSandbox", request, RunPodSandboxResponse.Parser, 2 * s_callTimeout, cancellationToken)).PodSandboxId;
    }

    public Task StopPodSandboxAsync(string sandboxId, CancellationToken cancellationToken) => IgnoreNotFoundAsync(
        RuntimeCallAsync("StopPodSandbox", new StopPodSandboxRequest { PodSandboxId = sandboxId }, StopPodSandboxResponse.Parser, s_callTimeout, cancellationToken));

    public Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancellationToken) => IgnoreNotFoundAsync(
        RuntimeCallAsync("RemovePodSandbox", new RemovePodSandboxRequest { PodSandboxId = sandboxId }, RemovePodSandboxResponse.Parser, s_callTimeout, cancellationToken));

    public async Task<PodSandboxStatus> PodSandboxStatusAsync(string sandboxId, CancellationToken cancellationToken)
    {
        var request = new PodSandboxStatusRequest { PodSandboxId = sandboxId };
        var response = await RuntimeCallAsync("PodSandboxStatus", request, PodSandboxStatusResponse.Parser, s_callTimeout, cancellationToken);
        return response.Status ?? throw Empty("PodSandboxStatus");
    }

    public async Task<IReadOnlyList<PodSandbox>> ListPodSandboxesAsync(PodSandboxFilter? filter, CancellationToken cancellationToken)
    {
        var request = new ListPodSandboxRequest { Filter = filter };
        return (await RuntimeCallAsync("ListPodSandbox", request, ListPodSandboxResponse.Parser, s_callTimeout, cancellationToken)).Items;
    }

    public async Task<string> CreateContainerAsync(
        string sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig, CancellationToken cancellationToken)
    {
        var request = new CreateContainerRequest { PodSandboxId = sandboxId, Config = config, SandboxConfig = sandboxConfig };
        return (await RuntimeCallAsync("CreateContainer", request, CreateContainerResponse.Parser, s_callTimeout, cancellationToken)).ContainerId;
    }

    public Task StartContainerAsync(string containerId, CancellationToken cancellationToken) =>
        RuntimeCallAsync("StartContainer", new StartContainerRequest { ContainerId = containerId }, StartContainerResponse.Parser, s_callTimeout, cancellationToken);

    public Task StopContainerAsync(string containerId, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var seconds = Math.Max(0, (long)Math.Ceiling(gracePeriod.TotalSeconds));
        var request = new StopContainerRequest { ContainerId = containerId, Timeout = seconds };
        var timeout = s_callTimeout + TimeSpan.FromSeconds(seconds);
        return IgnoreNotFoundAsync(RuntimeCallAsync("StopContainer", request, StopContainerResponse.Parser, timeout, cancellationToken));
    }

    public Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken) => IgnoreNotFoundAsync(
        RuntimeCallAsync("RemoveContainer", new RemoveContainerRequest { ContainerId = containerId }, RemoveContainerResponse.Parser, s_callTimeout, cancellationToken));

    public async Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter? filter, CancellationToken cancellationToken)
    {
        var request = new ListContainersRequest { Filter = filter };
        return (await RuntimeCallAsync("ListContainers", request, ListContainersResponse.Parser, s_callTimeout, cancellationToken)).Containers;
    }

    public async Task<ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken)
    {
        var request = new ContainerStatusRequest { ContainerId = containerId };
        var response = await RuntimeCallAsync("ContainerStatus", request, ContainerStatusResponse.Parser, s_callTimeout, cancellationToken);
        return response.Status ?? throw Empty("ContainerStatus");
    }

    public Task UpdateContainerResourcesAsync(string containerId, LinuxContainerResources resources, CancellationToken cancellationToken)
    {
        var request = new UpdateContainerResourcesRequest { ContainerId = containerId, Linux = resources };
        return RuntimeCallAsync("UpdateContainerResources", request, UpdateContainerResourcesResponse.Parser, s_callTimeout, cancellationToken);
    }

    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken)
    {
        var request = new ReopenContainerLogRequest { ContainerId = containerId };
        return RuntimeCallAsync("ReopenContainerLog", request, ReopenContainerLogResponse.Parser, s_callTimeout, cancellationToken);
    }

    public Task<ExecSyncResponse> ExecSyncAsync(
        string containerId, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var endless = timeout == Timeout.InfiniteTimeSpan;
        var seconds = endless ? 0 : Math.Max(1, (long)Math.Ceiling(timeout.TotalSeconds));
        var request = new ExecSyncRequest { ContainerId = containerId, Timeout = seconds };
        request.Cmd.AddRange(command);
        var deadline = endless ? Timeout.InfiniteTimeSpan : s_callTimeout + timeout;
        return RuntimeCallAsync("ExecSync", request, ExecSyncResponse.Parser, deadline, cancellationToken);
    }

    public async Task<string> ExecAsync(ExecRequest request, CancellationToken cancellationToken) =>
        (await RuntimeCallAsync("Exec", request, ExecResponse.Parser, s_callTimeout, cancellationToken)).Url;

    public async Task<string> AttachAsync(AttachRequest request, CancellationToken cancellationToken) =>
        (await RuntimeCallAsync("Attach", request, AttachResponse.Parser, s_callTimeout, cancellationToken)).Url;

    public async Task<string> PortForwardAsync(PortForwardRequest request, CancellationToken cancellationToken) =>
        (await RuntimeCallAsync("PortForward", request, PortForwardResponse.Parser, s_callTimeout, cancellationToken)).Url;

    public async Task<ContainerStats> ContainerStatsAsync(string containerId, CancellationToken cancellationToken)
    {
        var request = new ContainerStatsRequest { ContainerId = containerId };
        var response = await RuntimeCallAsync("ContainerStats", request, ContainerStatsResponse.Parser, s_callTimeout, cancellationToken);
        return response.Stats ?? throw Empty("ContainerStats");
    }

    public async Task<IReadOnlyList<ContainerStats>> ListContainerStatsAsync(ContainerStatsFilter? filter, CancellationToken cancellationToken)
    {
        var request = new ListContainerStatsRequest { Filter = filter };
        return (await RuntimeCallAsync("ListContainerStats", request, ListContainerStatsResponse.Parser, s_callTimeout, cancellationToken)).Stats;
    }

    public async Task<string> PullImageAsync(ImageSpec image, AuthConfig? auth, PodSandboxConfig? sandboxConfig, CancellationToken cancellationToken)
    {
        var request = new PullImageRequest { Image = image, Auth = auth, SandboxConfig = sandboxConfig };
        return (await ImageCallAsync("PullImage", request, PullImageResponse.Parser, s_pullTimeout, cancellationToken)).ImageRef;
    }

    public async Task<IReadOnlyList<Image>> ListImagesAsync(CancellationToken cancellationToken) =>
        (await ImageCallAsync("ListImages", new ListImagesRequest(), ListImagesResponse.Parser, s_callTimeout, cancellationToken)).Images;

    public async Task<Image?> ImageStatusAsync(ImageSpec image, CancellationToken cancellationToken)
    {
        var request = new ImageStatusRequest { Image = image };
        return (await ImageCallAsync("ImageStatus", request, ImageStatusResponse.Parser, s_callTimeout, cancellationToken)).Image;
    }

    public Task RemoveImageAsync(ImageSpec image, CancellationToken cancellationToken) =>
        ImageCallAsync("RemoveImage", new RemoveImageRequest { Image = image }, RemoveImageResponse.Parser, s_callTimeout, cancellationToken);

    public Task<ImageFsInfoResponse> ImageFsInfoAsync(CancellationToken cancellationToken) =>
        ImageCallAsync("ImageFsInfo", new ImageFsInfoRequest(), ImageFsInfoResponse.Parser, s_callTimeout, cancellationToken);

    public IAsyncEnumerable<RuntimeEvent> WatchEventsAsync(CancellationToken cancellationToken) => _events.WatchAsync(cancellationToken);

    public void Dispose() => _channel.Dispose();

    private Task<T> RuntimeCallAsync<T>(string name, IMessage request, MessageParser<T> parser, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class, IMessage<T> => CallAsync(RuntimeService + name, name, request, parser, timeout, cancellationToken);

    private Task<T> ImageCallAsync<T>(string name, IMessage request, MessageParser<T> parser, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class, IMessage<T> => CallAsync(ImageService + name, name, request, parser, timeout, cancellationToken);

    private async Task<T> CallAsync<T>(
        string method, string name, IMessage request, MessageParser<T> parser, TimeSpan timeout, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        try
        {
            return await _channel.CallAsync(method, request, parser, timeout, cancellationToken);
        }
        catch (GrpcException e)
        {
            throw RuntimeException.From(name, e);
        }
    }

    private static async Task IgnoreNotFoundAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (RuntimeException e) when (e.Code == RuntimeErrorCode.NotFound)
        {
            // What should not exist does not: these calls are idempotent by contract, but not every runtime keeps to it.
            return;
        }
    }

    private static RuntimeException Empty(string operation) => new(RuntimeErrorCode.Failed, operation, "the runtime's answer is empty");
}
