using System.Collections.Immutable;
using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>What keeps something from being done now, and when to try again.</summary>
/// <param name="Reason">As a container's waiting reason or an event shows it, for example <c>ErrImagePull</c>.</param>
/// <param name="Failures">In a row.</param>
public sealed record Obstacle(string Reason, string Message, DateTimeOffset Since, DateTimeOffset RetryAt, int Failures)
{
    public bool IsAboutImage => Reason.Contains("Image", StringComparison.Ordinal);
}

/// <summary>The pod may not, or no longer, run here; it fails with this reason.</summary>
public sealed record PodFailure(string Reason, string Message);

/// <summary>Everything that a decision about a pod is made from. Immutable.</summary>
public sealed record PodView
{
    public required Pod Pod { get; init; }

    /// <summary>The object is no longer in the API (removed by force, or while the agent was away): nothing of it may stay.</summary>
    public bool Gone { get; init; }

    public PodRuntimeState Runtime { get; init; } = PodRuntimeState.Empty;

    /// <summary>Keys of the actions under way; see <see cref="PodAction.Key"/>.</summary>
    public ImmutableHashSet<string> Running { get; init; } = [];

    /// <summary>By container: the image to create the next container from.</summary>
    public ImmutableDictionary<string, Cri.Image> Images { get; init; } = ImmutableDictionary<string, Cri.Image>.Empty;

    /// <summary>By container: why it could not be started.</summary>
    public ImmutableDictionary<string, Obstacle> Obstacles { get; init; } = ImmutableDictionary<string, Obstacle>.Empty;

    public Obstacle? SandboxObstacle { get; init; }

    public Obstacle? VolumeObstacle { get; init; }

    public bool VolumesReady { get; init; }

    /// <summary>When files in volumes are compared with their sources again; null when there are none to compare.</summary>
    public DateTimeOffset? RefreshVolumesAt { get; init; }

    /// <summary>Sandboxes that were stopped by us: their network is given back.</summary>
    public ImmutableHashSet<string> StoppedSandboxes { get; init; } = [];

    /// <summary>Volumes and cgroup are gone.</summary>
    public bool TornDown { get; init; }

    /// <summary>A step of taking the pod down failed.</summary>
    public Obstacle? TearDownObstacle { get; init; }

    public PodFailure? Failure { get; init; }

    /// <summary>When this node took the pod on.</summary>
    public DateTimeOffset StartTime { get; init; }

    public bool IsEnding => Gone || Pod.IsDeleting;
}
