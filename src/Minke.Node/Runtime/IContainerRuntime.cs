using Minke.Node.Runtime.V1;

namespace Minke.Node.Runtime;

/// <summary>
/// The container runtime as CRI version 1 describes it (https://github.com/kubernetes/cri-api). Implemented over gRPC by
/// <see cref="CriRuntime"/> and by the tests' fake. Every failure is a <see cref="RuntimeException"/>. Thread-safe.
/// </summary>
public interface IContainerRuntime
{
    Task<VersionResponse> VersionAsync(CancellationToken cancellationToken);

    Task<RuntimeStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Makes and starts a pod's sandbox with its network and returns its id.</summary>
    /// <param name="runtimeHandler">Empty: the default one.</param>
    Task<string> RunPodSandboxAsync(PodSandboxConfig config, string runtimeHandler, CancellationToken cancellationToken);

    /// <summary>Kills what runs in the sandbox and gives back its network. Succeeds when that was done before.</summary>
    Task StopPodSandboxAsync(string sandboxId, CancellationToken cancellationToken);

    /// <summary>Removes the sandbox with its containers. Succeeds when there is none.</summary>
    Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancellationToken);

    Task<PodSandboxStatus> PodSandboxStatusAsync(string sandboxId, CancellationToken cancellationToken);

    Task<IReadOnlyList<PodSandbox>> ListPodSandboxesAsync(PodSandboxFilter? filter, CancellationToken cancellationToken);

    /// <param name="sandboxConfig">What the sandbox was run with.</param>
    Task<string> CreateContainerAsync(string sandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig, CancellationToken cancellationToken);

    Task StartContainerAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>TERM, then KILL after <paramref name="gracePeriod"/>; returns when the container has ended. Zero kills at once.</summary>
    Task StopContainerAsync(string containerId, TimeSpan gracePeriod, CancellationToken cancellationToken);

    /// <summary>Removes the container, killing it if it runs. Succeeds when there is none.</summary>
    Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter? filter, CancellationToken cancellationToken);

    Task<ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken);

    Task UpdateContainerResourcesAsync(string containerId, LinuxContainerResources resources, CancellationToken cancellationToken);

    /// <summary>Makes the runtime open the container's log file again, after the old one was renamed.</summary>
    Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken);

    /// <param name="timeout"><see cref="Timeout.InfiniteTimeSpan"/>: none.</param>
    Task<ExecSyncResponse> ExecSyncAsync(string containerId, IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Prepares a command and returns the URL of the runtime's streaming server where it is run.</summary>
    Task<string> ExecAsync(ExecRequest request, CancellationToken cancellationToken);

    /// <inheritdoc cref="ExecAsync"/>
    Task<string> AttachAsync(AttachRequest request, CancellationToken cancellationToken);

    /// <inheritdoc cref="ExecAsync"/>
    Task<string> PortForwardAsync(PortForwardRequest request, CancellationToken cancellationToken);

    Task<ContainerStats> ContainerStatsAsync(string containerId, CancellationToken cancellationToken);

    Task<IReadOnlyList<ContainerStats>> ListContainerStatsAsync(ContainerStatsFilter? filter, CancellationToken cancellationToken);

    /// <summary>Pulls the image and returns the reference to create containers from.</summary>
    Task<string> PullImageAsync(ImageSpec image, AuthConfig? auth, PodSandboxConfig? sandboxConfig, CancellationToken cancellationToken);

    Task<IReadOnlyList<Image>> ListImagesAsync(CancellationToken cancellationToken);

    /// <summary>Null: the image is not here.</summary>
    Task<Image?> ImageStatusAsync(ImageSpec image, CancellationToken cancellationToken);

    Task RemoveImageAsync(ImageSpec image, CancellationToken cancellationToken);

    Task<ImageFsInfoResponse> ImageFsInfoAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What happens to containers, without end until cancelled. It begins with <see cref="RuntimeEventKind.Resync"/>, and another one follows
    /// whenever events may have been missed. Never fails: it reconnects.
    /// </summary>
    IAsyncEnumerable<RuntimeEvent> WatchEventsAsync(CancellationToken cancellationToken);
}
