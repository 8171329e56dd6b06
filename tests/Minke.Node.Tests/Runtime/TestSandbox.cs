using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Tests.Runtime;

/// <summary>A sandbox made by bare runtime calls and removed at the end of the test.</summary>
internal sealed class TestSandbox : IAsyncDisposable
{
    private readonly IContainerRuntime _runtime;
    private readonly PodSandboxConfig _config;

    private TestSandbox(IContainerRuntime runtime, PodSandboxConfig config, string id) => (_runtime, _config, Id) = (runtime, config, id);

    public string Id { get; }

    public static async Task<TestSandbox> RunAsync(IContainerRuntime runtime, string directory, string name, CancellationToken cancellationToken)
    {
        var config = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "test", Uid = $"uid-{name}" },
            Hostname = name,
            LogDirectory = Path.Combine(directory, "logs", name),
            Labels = { ["test"] = name },
            Linux = new LinuxPodSandboxConfig { CgroupParent = $"/{ContainerdFixture.CgroupName}" },
        };
        return new TestSandbox(runtime, config, await runtime.RunPodSandboxAsync(config, "", cancellationToken));
    }

    public async Task<string> StartAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var config = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = name },
            Image = new ImageSpec { Image = ContainerdFixture.Image },
            LogPath = $"{name}.log",
            // Its own process namespace, so that the command is process 1.
            Linux = new LinuxContainerConfig
            {
                SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Container } },
            },
        };
        config.Command.AddRange(command);
        var id = await _runtime.CreateContainerAsync(Id, config, _config, cancellationToken);
        await _runtime.StartContainerAsync(id, cancellationToken);
        return id;
    }

    /// <summary>The event of an exit comes some milliseconds before the status tells of it.</summary>
    public static async Task<ContainerStatus> WaitForExitAsync(IContainerRuntime runtime, string id, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        ContainerStatus status;
        do
        {
            status = await runtime.ContainerStatusAsync(id, cancellationToken);
            if (status.State == ContainerState.ContainerExited)
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
        while (!timeout.IsCancellationRequested);
        throw new TimeoutException($"still not exited after 20 s: {status}");
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.StopPodSandboxAsync(Id, CancellationToken.None);
        await _runtime.RemovePodSandboxAsync(Id, CancellationToken.None);
    }
}
