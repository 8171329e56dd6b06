using System.Collections.Immutable;

namespace Minke.Node.Pods;

public enum ContainerRunState
{
    /// <summary>Made but not started.</summary>
    Created,
    Running,
    Exited,
    /// <summary>The runtime lost track of it.</summary>
    Unknown,
}

/// <summary>One container as the runtime told of it last.</summary>
public sealed record ContainerSnapshot
{
    public required string Id { get; init; }
    public required string SandboxId { get; init; }
    public required string Name { get; init; }
    /// <summary>How many containers of this name the pod had before: its restart count.</summary>
    public required int Attempt { get; init; }
    public required ContainerRunState State { get; init; }
    /// <summary>How many times in a row the container had ended early when this one was made; see <see cref="RestartBackoff"/>.</summary>
    public int BackoffLevel { get; init; }
    /// <summary>Of the part of the spec that a running container cannot follow; a different one means that it has to be replaced.</summary>
    public string Hash { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public int ExitCode { get; init; }
    public string Reason { get; init; } = "";
    /// <summary>The termination message, or the runtime's own when there is none.</summary>
    public string Message { get; init; } = "";
    public string Image { get; init; } = "";
    public string ImageId { get; init; } = "";
    public string LogPath { get; init; } = "";

    public bool IsActive => State is ContainerRunState.Running or ContainerRunState.Unknown;
}

/// <summary>One sandbox as the runtime told of it last.</summary>
public sealed record SandboxSnapshot
{
    public required string Id { get; init; }
    public required int Attempt { get; init; }
    public required bool Ready { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>Empty with the node's own network.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];
}

/// <summary>What the runtime has of one pod. Immutable; the pod's worker replaces it as it learns more.</summary>
public sealed record PodRuntimeState
{
    public static PodRuntimeState Empty { get; } = new();

    /// <summary>Newest first.</summary>
    public ImmutableArray<SandboxSnapshot> Sandboxes { get; init; } = [];

    /// <summary>Newest first.</summary>
    public ImmutableArray<ContainerSnapshot> Containers { get; init; } = [];

    /// <summary>The sandbox that containers are to run in, ready or not; null before there is one.</summary>
    public SandboxSnapshot? Sandbox => Sandboxes.IsEmpty ? null : Sandboxes[0];

    /// <summary>The newest container of a name.</summary>
    public ContainerSnapshot? Latest(string name) => Containers.FirstOrDefault(container => container.Name == name);

    /// <summary>The newest container of a name before <see cref="Latest"/> that has ended.</summary>
    public ContainerSnapshot? Previous(string name) =>
        Containers.Where(container => container.Name == name).Skip(1).FirstOrDefault(static container => container.State == ContainerRunState.Exited);

    public ContainerSnapshot? Find(string id) => Containers.FirstOrDefault(container => container.Id == id);

    public PodRuntimeState With(SandboxSnapshot sandbox) => this with
    {
        Sandboxes = [.. Sandboxes.Where(other => other.Id != sandbox.Id).Append(sandbox).OrderByDescending(static s => s.Attempt).ThenByDescending(static s => s.CreatedAt)],
    };

    public PodRuntimeState With(ContainerSnapshot container) => this with
    {
        Containers = [.. Containers.Where(other => other.Id != container.Id).Append(container).OrderByDescending(static c => c.Attempt).ThenByDescending(static c => c.CreatedAt)],
    };

    /// <summary>Without the sandbox or container of this id.</summary>
    public PodRuntimeState Without(string id) => new()
    {
        Sandboxes = [.. Sandboxes.Where(sandbox => sandbox.Id != id)],
        Containers = [.. Containers.Where(container => container.Id != id && container.SandboxId != id)],
    };
}
