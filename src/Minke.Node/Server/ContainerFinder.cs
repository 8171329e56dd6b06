using Minke.Api.Core;
using ApiContainerStatus = Minke.Api.Core.ContainerStatus;

namespace Minke.Node.Server;

/// <summary>How the node's server asks the agent about pods; each is the method of that name of <see cref="NodeAgent"/>.</summary>
public sealed record PodLookup
{
    /// <summary>The pod of a namespace and name; null when it is not on this node.</summary>
    public required Func<string, string, Pod?> FindPod { get; init; }

    /// <summary>The newest container of a namespace, pod and container name, or the one before it; null when there is none.</summary>
    public required Func<string, string, string, bool, ContainerLocation?> FindContainer { get; init; }

    /// <summary>The ready sandbox of a namespace and pod name; null when there is none.</summary>
    public required Func<string, string, string?> FindSandbox { get; init; }

    public static PodLookup Of(NodeAgent agent) => new()
    {
        FindPod = agent.FindPod,
        FindContainer = agent.FindContainer,
        FindSandbox = agent.FindSandbox,
    };
}

/// <summary>Finds the runtime's container or sandbox for the names that clients use. Failures are <see cref="NodeRequestException"/>.</summary>
internal sealed class ContainerFinder(PodLookup pods)
{
    /// <summary>The id of the running container of that name.</summary>
    public string FindRunning(string podNamespace, string podName, string container)
    {
        var pod = Find(podNamespace, podName);
        if (pods.FindContainer(podNamespace, podName, container, false) is { } newest)
        {
            return newest.IsRunning ? newest.ContainerId : throw NodeRequestException.BadRequest($"container not found (\"{container}\")");
        }

        throw Waiting(pod, container);
    }

    /// <summary>The id of the pod's ready sandbox, which holds its network.</summary>
    public string FindSandbox(string podNamespace, string podName)
    {
        Find(podNamespace, podName);
        return pods.FindSandbox(podNamespace, podName) ?? throw NodeRequestException.BadRequest($"pod \"{podName}\" is not running");
    }

    /// <summary>
    /// The id of the container whose log is meant: the newest, or with <paramref name="previous"/> the last that ended before the current state (the rules
    /// of the kubelet's validateContainerLogStatus: while a container waits for its restart, that is the newest too).
    /// </summary>
    public string FindForLogs(string podNamespace, string podName, string container, bool previous)
    {
        var pod = Find(podNamespace, podName);
        if (!previous)
        {
            return pods.FindContainer(podNamespace, podName, container, false)?.ContainerId ?? throw Waiting(pod, container);
        }

        return WithoutScheme(StatusOf(pod, container)?.LastState.Terminated?.ContainerID)
            ?? pods.FindContainer(podNamespace, podName, container, true)?.ContainerId
            ?? throw NodeRequestException.BadRequest($"previous terminated container \"{container}\" in pod \"{podName}\" not found");
    }

    // containerd://ID in a status, ID at the runtime.
    private static string? WithoutScheme(string? id) =>
        string.IsNullOrEmpty(id) ? null : id[(id.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];

    private static NodeRequestException Waiting(Pod pod, string container)
    {
        var reason = StatusOf(pod, container)?.State.Waiting?.Reason switch
        {
            null or "" => "ContainerCreating",
            "ErrImagePull" => "image can't be pulled",
            "ImagePullBackOff" => "trying and failing to pull image",
            var told => told,
        };
        return NodeRequestException.BadRequest($"container \"{container}\" in pod \"{pod.Metadata.Name}\" is waiting to start: {reason}");
    }

    private static ApiContainerStatus? StatusOf(Pod pod, string container) =>
        pod.Status.ContainerStatuses.Concat(pod.Status.InitContainerStatuses).Concat(pod.Status.EphemeralContainerStatuses)
            .FirstOrDefault(status => status.Name == container);

    private Pod Find(string podNamespace, string podName) =>
        pods.FindPod(podNamespace, podName) ?? throw NodeRequestException.NotFound($"pod \"{podName}\" does not exist on this node");
}
