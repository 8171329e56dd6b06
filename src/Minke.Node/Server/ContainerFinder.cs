using Minke.Api.Core;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;
using ApiContainerStatus = Minke.Api.Core.ContainerStatus;

namespace Minke.Node.Server;

/// <summary>What the agent knows of a pod of this node, with the status that it last derived; null when there is no such pod here.</summary>
public delegate Pod? FindPod(string podNamespace, string podName);

/// <summary>Finds the runtime's container or sandbox for the names that clients use. Failures are <see cref="NodeRequestException"/>.</summary>
internal sealed class ContainerFinder(FindPod findPod, IContainerRuntime runtime)
{
    private const string PodUidLabel = "io.kubernetes.pod.uid";
    private const string ContainerNameLabel = "io.kubernetes.container.name";

    /// <summary>The running container of that name.</summary>
    public async Task<string> FindRunningAsync(string podNamespace, string podName, string container, CancellationToken cancellationToken)
    {
        var pod = Find(podNamespace, podName);
        var filter = new ContainerFilter { State = new ContainerStateValue { State = Runtime.V1.ContainerState.ContainerRunning } };
        filter.LabelSelector.Add(PodUidLabel, pod.Metadata.Uid);
        filter.LabelSelector.Add(ContainerNameLabel, container);
        var running = await runtime.ListContainersAsync(filter, cancellationToken);
        return running.MaxBy(c => c.CreatedAt)?.Id ?? throw NodeRequestException.BadRequest(
            StatusOf(pod, container) is { } status && WaitingReason(status) is { } reason
                ? $"container \"{container}\" in pod \"{podName}\" is waiting to start: {reason}"
                : $"container not found (\"{container}\")");
    }

    /// <summary>The pod's ready sandbox, which holds its network.</summary>
    public async Task<string> FindSandboxAsync(string podNamespace, string podName, CancellationToken cancellationToken)
    {
        var pod = Find(podNamespace, podName);
        var filter = new PodSandboxFilter { State = new PodSandboxStateValue { State = PodSandboxState.SandboxReady } };
        filter.LabelSelector.Add(PodUidLabel, pod.Metadata.Uid);
        var ready = await runtime.ListPodSandboxesAsync(filter, cancellationToken);
        return ready.MaxBy(s => s.CreatedAt)?.Id ?? throw NodeRequestException.BadRequest($"pod \"{podName}\" is not running");
    }

    /// <summary>
    /// The container whose log is meant: the running one, else the last that ended; with <paramref name="previous"/> the one before the current
    /// (the rules of the kubelet's validateContainerLogStatus).
    /// </summary>
    public string FindForLogs(string podNamespace, string podName, string container, bool previous)
    {
        var pod = Find(podNamespace, podName);
        var status = StatusOf(pod, container) ?? throw NodeRequestException.BadRequest($"container \"{container}\" in pod \"{podName}\" is not available");
        var last = status.LastState.Terminated?.ContainerID;
        var id = status.State switch
        {
            _ when previous => Known(last) ?? throw NodeRequestException.BadRequest(
                $"previous terminated container \"{container}\" in pod \"{podName}\" not found"),
            { Running: not null } => Known(status.ContainerID),
            { Terminated: { } terminated } => Known(terminated.ContainerID) ?? Known(last),
            _ => Known(last),
        };
        return WithoutScheme(id ?? throw NodeRequestException.BadRequest(
            $"container \"{container}\" in pod \"{podName}\" is waiting to start: {WaitingReason(status) ?? "no logs yet"}"));
    }

    private static string? Known(string? id) => string.IsNullOrEmpty(id) ? null : id;

    // containerd://ID in a status, ID at the runtime.
    private static string WithoutScheme(string id) => id.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? id[(at + 3)..] : id;

    private static string? WaitingReason(ApiContainerStatus status) => status.State.Waiting?.Reason switch
    {
        null or "" => null,
        "ErrImagePull" => "image can't be pulled",
        "ImagePullBackOff" => "trying and failing to pull image",
        var reason => reason,
    };

    private static ApiContainerStatus? StatusOf(Pod pod, string container) =>
        pod.Status.ContainerStatuses.Concat(pod.Status.InitContainerStatuses).Concat(pod.Status.EphemeralContainerStatuses)
            .FirstOrDefault(status => status.Name == container);

    private Pod Find(string podNamespace, string podName) =>
        findPod(podNamespace, podName) ?? throw NodeRequestException.NotFound($"pod \"{podName}\" does not exist on this node");
}
