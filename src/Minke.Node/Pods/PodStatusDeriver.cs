using System.Globalization;
using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>What a pod's status says about the node.</summary>
/// <param name="RuntimeName">The prefix of container ids, for example <c>containerd</c>.</param>
public sealed record NodeIdentity(string Name, IReadOnlyList<string> Addresses, string RuntimeName);

/// <summary>
/// Derives a pod's status from its spec and what the runtime has of it. Only what nothing else tells is taken from the status before: the times of
/// transitions, the conditions that others own, and an end that was reported.
/// </summary>
public static class PodStatusDeriver
{
    public static PodStatus Derive(PodView view, PodStatus before, NodeIdentity node, DateTimeOffset now)
    {
        var status = before.Clone();
        status.ObservedGeneration = view.Pod.Metadata.Generation;
        status.StartTime = view.StartTime;
        if (status.QosClass.Length == 0)
        {
            status.QosClass = QualityOfService.ClassOf(view.Pod);
        }

        SetAddresses(status, view, node);
        status.InitContainerStatuses = Containers(view.Pod.Spec.InitContainers, before.InitContainerStatuses, view, node, now);
        status.ContainerStatuses = Containers(view.Pod.Spec.Containers, before.ContainerStatuses, view, node, now);
        if (!view.Pod.HasTerminalPhase)
        {
            status.Phase = PhaseOf(view, status);
            status.Reason = view.Failure?.Reason ?? "";
            status.Message = view.Failure?.Message ?? "";
        }

        PodConditions.Set(status, view, now);
        return status;
    }

    private static ApiList<ContainerStatus> Containers(
        ApiList<Container> containers, ApiList<ContainerStatus> before, PodView view, NodeIdentity node, DateTimeOffset now)
    {
        var over = view.IsEnding || view.Failure is not null || view.Pod.HasTerminalPhase;
        var result = new ApiList<ContainerStatus>();
        foreach (var container in containers)
        {
            // The runtime may forget a container before the object that tells of its end is gone.
            var known = over && view.Runtime.Latest(container.Name) is null
                ? before.FirstOrDefault(status => status.Name == container.Name && status.State.Terminated is not null)
                : null;
            result.Add(known?.Clone() ?? ContainerStatusDeriver.Derive(view, container, node, now));
        }

        return result;
    }

    private static void SetAddresses(PodStatus status, PodView view, NodeIdentity node)
    {
        status.HostIP = node.Addresses.Count > 0 ? node.Addresses[0] : "";
        status.HostIPs = [.. node.Addresses.Select(static ip => new HostIP { Ip = ip })];
        IReadOnlyList<string> addresses = view.Runtime.Sandbox switch
        {
            { Ready: true } when view.Pod.Spec.HostNetwork => node.Addresses,
            { Ready: true } ready => ready.Addresses,
            // The address of a pod that has ended stays readable.
            _ when view.Pod.HasTerminalPhase || view.IsEnding => [.. status.PodIPs.Select(static ip => ip.Ip)],
            _ => [],
        };
        status.PodIP = addresses.Count > 0 ? addresses[0] : "";
        status.PodIPs = [.. addresses.Select(static ip => new PodIP { Ip = ip })];
    }

    /// <summary>https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase</summary>
    private static string PhaseOf(PodView view, PodStatus status)
    {
        if (view.IsEnding && status.Phase is ("Succeeded" or "Failed"))
        {
            return status.Phase;
        }

        var active = view.Runtime.Containers.Any(static container => container.IsActive);
        if (view.Failure is not null)
        {
            return active ? status.Phase : "Failed"; // a pod that has ended has nothing running any more
        }

        if (view.IsEnding && !active && !view.Runtime.Containers.IsEmpty)
        {
            return status.ContainerStatuses.All(static c => EndedWith(c, 0)) ? "Succeeded" : "Failed";
        }

        if (PodOutcome.InitFailed(view))
        {
            return "Failed";
        }

        if (PodOutcome.IsFinished(view))
        {
            return status.ContainerStatuses.All(static c => EndedWith(c, 0)) ? "Succeeded" : "Failed";
        }

        var neverRan = status.ContainerStatuses.Any(static c => c.State.Waiting is not null && c.LastState.Terminated is null);
        return neverRan || !PodOutcome.IsInitialized(view, view.Runtime.Sandbox) ? Started(view) : "Running";
    }

    /// <summary>A pod whose sandbox is made anew was running before, and stays so for its readers.</summary>
    private static string Started(PodView view) => view.Pod.Status.Phase == "Running" && !view.Runtime.Containers.IsEmpty ? "Running" : "Pending";

    private static bool EndedWith(ContainerStatus status, int code) => status.State.Terminated is { } ended && ended.ExitCode == code;
}

/// <summary>Derives the part of the status that is about one container.</summary>
internal static class ContainerStatusDeriver
{
    /// <summary>How long a failed pull is shown as such before it is shown as a wait for the next try.</summary>
    public static readonly TimeSpan PullErrorShownFor = TimeSpan.FromSeconds(1);

    public static ContainerStatus Derive(PodView view, Container container, NodeIdentity node, DateTimeOffset now)
    {
        var latest = view.Runtime.Latest(container.Name);
        var previous = view.Runtime.Previous(container.Name);
        var status = new ContainerStatus { Name = container.Name, Image = container.Image, Started = false };
        if (latest is null)
        {
            status.State.Waiting = Waiting(view, container, now);
            status.RestartCount = view.Pod.KnownAttempt(container.Name) + 1;
            return status;
        }

        // One that was made but never ran is no restart yet: if it cannot be started it is removed, and the count must not fall again.
        status.RestartCount = latest.State == ContainerRunState.Created && previous is not null ? previous.Attempt : latest.Attempt;
        status.Image = latest.Image.Length > 0 ? latest.Image : container.Image;
        status.ImageID = latest.ImageId;
        status.ContainerID = $"{node.RuntimeName}://{latest.Id}";
        SetState(status, view, container, latest, node, now);
        if (status.LastState.Terminated is null && previous is not null)
        {
            status.LastState.Terminated = Terminated(previous, node);
        }

        var done = view.Pod.IsInitContainer(container.Name) && !container.IsSidecar(view.Pod) && status.State.Terminated is { ExitCode: 0 };
        status.Started = status.State.Running is not null;
        status.Ready = status.State.Running is not null || done;
        return status;
    }

    private static void SetState(ContainerStatus status, PodView view, Container container, ContainerSnapshot latest, NodeIdentity node, DateTimeOffset now)
    {
        switch (latest.State)
        {
            case ContainerRunState.Running:
                status.State.Running = new ContainerStateRunning { StartedAt = latest.StartedAt };
                break;
            case ContainerRunState.Created:
                status.State.Waiting = Waiting(view, container, now);
                break;
            case ContainerRunState.Exited when NextStart(view, container, latest, now) is { } waiting:
                status.State.Waiting = waiting;
                status.LastState.Terminated = Terminated(latest, node);
                break;
            default:
                status.State.Terminated = Terminated(latest, node);
                break;
        }
    }

    /// <summary>Why an ended container that is to run again does not yet; null when it is not, or is about to.</summary>
    private static ContainerStateWaiting? NextStart(PodView view, Container container, ContainerSnapshot ended, DateTimeOffset now)
    {
        if (view.IsEnding || view.Failure is not null || PodOutcome.IsFinished(view) || !PodFacts.ShouldRestart(view.Pod, container, ended))
        {
            return null;
        }

        if (view.Obstacles.GetValueOrDefault(container.Name) is { } obstacle)
        {
            return WaitingFor(obstacle, now);
        }

        if (RestartBackoff.NotBefore(ended) <= now)
        {
            return null;
        }

        var delay = (long)RestartBackoff.Delay(ended).TotalSeconds;
        var id = $"{view.Pod.Metadata.Name}_{view.Pod.Metadata.Namespace}({view.Pod.Metadata.Uid})";
        return new ContainerStateWaiting
        {
            Reason = "CrashLoopBackOff",
            Message = string.Create(CultureInfo.InvariantCulture, $"back-off {DurationText(delay)} restarting failed container={container.Name} pod={id}"),
        };
    }

    private static ContainerStateWaiting Waiting(PodView view, Container container, DateTimeOffset now)
    {
        if (view.Obstacles.GetValueOrDefault(container.Name) is { } obstacle)
        {
            return WaitingFor(obstacle, now);
        }

        var initializing = view.Pod.Spec.InitContainers.Count > 0 && !PodOutcome.IsInitialized(view, view.Runtime.Sandbox);
        return new ContainerStateWaiting
        {
            Reason = initializing ? "PodInitializing" : "ContainerCreating",
            Message = view.VolumeObstacle?.Message ?? view.SandboxObstacle?.Message ?? "",
        };
    }

    private static ContainerStateWaiting WaitingFor(Obstacle obstacle, DateTimeOffset now)
    {
        var backingOff = obstacle.Reason == "ErrImagePull" && now - obstacle.Since >= PullErrorShownFor;
        return new ContainerStateWaiting
        {
            Reason = backingOff ? "ImagePullBackOff" : obstacle.Reason,
            Message = backingOff ? $"Back-off pulling image: {obstacle.Message}" : obstacle.Message,
        };
    }

    private static ContainerStateTerminated Terminated(ContainerSnapshot ended, NodeIdentity node) => new()
    {
        ExitCode = ended.State == ContainerRunState.Exited ? ended.ExitCode : 137,
        Reason = ended.State != ContainerRunState.Exited ? "ContainerStatusUnknown"
            : ended.Reason.Length > 0 ? ended.Reason
            : ended.ExitCode == 0 ? "Completed" : "Error",
        Message = ended.Message,
        StartedAt = ended.StartedAt,
        FinishedAt = ended.FinishedAt,
        ContainerID = $"{node.RuntimeName}://{ended.Id}",
    };

    /// <summary>As Go writes durations: 40s, 1m20s.</summary>
    private static string DurationText(long seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m{seconds % 60}s");
}
