using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;
using Minke.Node.Server;
using Minke.Node.Tests.Runtime;
using ApiContainerStatus = Minke.Api.Core.ContainerStatus;
using ApiContainerState = Minke.Api.Core.ContainerState;

namespace Minke.Node.Tests.Streaming;

/// <summary>A pod with real containers, made by bare runtime calls, and the object that the API would have of it.</summary>
internal sealed class StreamingPod : IAsyncDisposable
{
    private readonly IContainerRuntime _runtime;
    private readonly PodSandboxConfig _config;
    private readonly string _sandboxId;

    private StreamingPod(IContainerRuntime runtime, PodSandboxConfig config, string sandboxId)
    {
        _runtime = runtime;
        _config = config;
        _sandboxId = sandboxId;
        Object = new Pod { Metadata = new ObjectMeta { Namespace = "default", Name = config.Metadata.Name, Uid = config.Metadata.Uid } };
        Object.Spec.NodeName = "node-1";
        Object.Status.Phase = "Running";
    }

    public Pod Object { get; }

    /// <summary>What the agent would tell of it.</summary>
    public PodLookup Lookup => new()
    {
        FindPod = (podNamespace, name) => IsThis(podNamespace, name) ? Object : null,
        FindSandbox = (podNamespace, name) => IsThis(podNamespace, name) ? _sandboxId : null,
        FindContainer = (podNamespace, name, container, previous) => IsThis(podNamespace, name) && !previous ? FindContainer(container) : null,
    };

    public static async Task<StreamingPod> RunAsync(IContainerRuntime runtime, string directory, string name, CancellationToken cancellationToken)
    {
        var config = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "default", Uid = $"uid-{name}" },
            Hostname = name,
            LogDirectory = Path.Combine(directory, "logs", name),
            Labels = { ["io.kubernetes.pod.uid"] = $"uid-{name}" },
            Linux = new LinuxPodSandboxConfig { CgroupParent = $"/minke-node-tests-{Environment.ProcessId}" },
        };
        return new StreamingPod(runtime, config, await runtime.RunPodSandboxAsync(config, "", cancellationToken));
    }

    public async Task StartAsync(string name, string script, bool stdin, CancellationToken cancellationToken)
    {
        var config = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = name },
            Image = new ImageSpec { Image = ContainerdFixture.Image },
            LogPath = $"{name}.log",
            Labels = { ["io.kubernetes.pod.uid"] = Object.Metadata.Uid, ["io.kubernetes.container.name"] = name },
            Command = { "sh", "-c", script },
            Stdin = stdin,
            Linux = new LinuxContainerConfig
            {
                SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Container } },
            },
        };
        var id = await _runtime.CreateContainerAsync(_sandboxId, config, _config, cancellationToken);
        await _runtime.StartContainerAsync(id, cancellationToken);
        Object.Spec.Containers.Add(new Minke.Api.Core.Container { Name = name, Stdin = stdin });
        Object.Status.ContainerStatuses.Add(new ApiContainerStatus
        {
            Name = name,
            ContainerID = $"containerd://{id}",
            State = new ApiContainerState { Running = new ContainerStateRunning() },
        });
    }

    /// <summary>Adds a container that the node has not started yet.</summary>
    public void AddWaiting(string name, string reason)
    {
        Object.Spec.Containers.Add(new Minke.Api.Core.Container { Name = name });
        Object.Status.ContainerStatuses.Add(new ApiContainerStatus
        {
            Name = name,
            State = new ApiContainerState { Waiting = new ContainerStateWaiting { Reason = reason } },
        });
    }

    private bool IsThis(string podNamespace, string name) => (podNamespace, name) == (Object.Metadata.Namespace, Object.Metadata.Name);

    private ContainerLocation? FindContainer(string container)
    {
        var status = Object.Status.ContainerStatuses.FirstOrDefault(s => s.Name == container && s.ContainerID.Length > 0);
        return status is null ? null : new ContainerLocation(Object, status.ContainerID["containerd://".Length..], _sandboxId, "", IsRunning: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.StopPodSandboxAsync(_sandboxId, CancellationToken.None);
        await _runtime.RemovePodSandboxAsync(_sandboxId, CancellationToken.None);
    }
}
