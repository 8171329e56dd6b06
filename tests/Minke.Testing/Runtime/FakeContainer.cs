using Minke.Node.Runtime.V1;

namespace Minke.Testing.Runtime;

/// <summary>A container of the fake runtime.</summary>
public sealed class FakeContainer
{
    internal FakeContainer(string id, string sandboxId, ContainerConfig config, FakeBehavior behavior, DateTimeOffset createdAt)
    {
        (Id, SandboxId, Config, Behavior, CreatedAt) = (id, sandboxId, config, behavior, createdAt);
    }

    public string Id { get; }
    public string SandboxId { get; }
    public ContainerConfig Config { get; }
    public FakeBehavior Behavior { get; }
    public DateTimeOffset CreatedAt { get; }
    public DateTimeOffset? StartedAt { get; internal set; }
    public DateTimeOffset? FinishedAt { get; internal set; }
    public int ExitCode { get; internal set; }
    public string Reason { get; internal set; } = "";

    public string Name => Config.Metadata.Name;
    public bool IsRunning => StartedAt is not null && FinishedAt is null;

    internal ITimer? ExitTimer { get; set; }
    internal TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ContainerState State => FinishedAt is not null ? ContainerState.ContainerExited : StartedAt is not null ? ContainerState.ContainerRunning : ContainerState.ContainerCreated;
}

/// <summary>A sandbox of the fake runtime.</summary>
public sealed class FakeSandbox
{
    internal FakeSandbox(string id, PodSandboxConfig config, string address, DateTimeOffset createdAt)
    {
        (Id, Config, Address, CreatedAt) = (id, config, address, createdAt);
    }

    public string Id { get; }
    public PodSandboxConfig Config { get; }
    public string Address { get; }
    public DateTimeOffset CreatedAt { get; }
    public bool IsReady { get; internal set; } = true;

    /// <summary>Namespace and name of its pod.</summary>
    public string Pod => $"{Config.Metadata.Namespace}/{Config.Metadata.Name}";
}
