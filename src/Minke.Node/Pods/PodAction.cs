using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>One step for a pod, which its worker carries out beside others. Actions with the same key are not run at the same time.</summary>
public abstract record PodAction(string Key);

public sealed record PrepareVolumes() : PodAction("volumes");

/// <summary>Compares files in volumes with their sources and replaces what changed.</summary>
public sealed record RefreshVolumes() : PodAction("volumes");

public sealed record RunSandbox(int Attempt) : PodAction("sandbox");

/// <summary>Kills what is left in it and gives back its network.</summary>
public sealed record StopSandbox(string Id) : PodAction($"stop-sandbox {Id}");

public sealed record RemoveSandbox(string Id) : PodAction($"remove-sandbox {Id}");

/// <summary>Makes sure, by the container's pull policy, that its image is here.</summary>
public sealed record ResolveImage(Container Container) : PodAction($"image {Container.Name}");

public sealed record StartContainer(Container Container, int Attempt, int BackoffLevel, Cri.Image Image, string SandboxId) : PodAction($"start {Container.Name}");

/// <param name="Deadline">When the grace period ends, if somebody set a time: a request that moves it is another action.</param>
/// <param name="Why">For the event; empty: none.</param>
public sealed record StopContainer(string Id, string Name, TimeSpan Grace, DateTimeOffset? Deadline, string Why)
    : PodAction(Grace == TimeSpan.Zero ? $"kill-container {Id}" : $"stop-container {Id} {Deadline:s}");

public sealed record RemoveContainer(string Id) : PodAction($"remove-container {Id}");

/// <summary>Removes volumes and cgroup, and the pod's directory when it is to leave nothing.</summary>
public sealed record TearDown(bool Everything) : PodAction("tear-down");

/// <summary>Removes the object from the API, now that nothing of the pod is left here.</summary>
public sealed record DeleteObject() : PodAction("delete");

/// <param name="WakeAt">When to decide again even if nothing happens; null: never.</param>
/// <param name="Finished">Nothing is left to do, for good.</param>
public sealed record PodPlan(IReadOnlyList<PodAction> Actions, DateTimeOffset? WakeAt, bool Finished);
