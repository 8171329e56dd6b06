using Minke.Api.Core;

namespace Minke.ApiServer.Tables;

/// <summary>
/// What the columns READY, STATUS and RESTARTS say of a pod. The rules are those of Kubernetes' own printer, because scripts compare the words.
/// </summary>
internal readonly record struct PodSummary(string Status, int Ready, int Total, int Restarts, DateTimeOffset? LastRestart)
{
    public static PodSummary Of(Pod pod)
    {
        var start = new PodSummary(
            FirstReason(pod), 0, pod.Spec.Containers.Count + pod.Spec.InitContainers.Count(IsSidecar), 0, null);
        var afterInit = AddInitContainers(start, pod, out var initializing, out var sidecars);
        var initialized = HasCondition(pod, "Initialized");
        var summary = initializing && !initialized
            ? afterInit
            : AddContainers(afterInit with { Restarts = sidecars.Restarts, LastRestart = sidecars.LastRestart }, pod, keepReason: initializing);
        return summary with { Status = Final(summary.Status, pod) };
    }

    private static string FirstReason(Pod pod)
    {
        var gated = pod.Status.Conditions.Any(c => c is { Type: "PodScheduled", Reason: "SchedulingGated" });
        return gated ? "SchedulingGated" : pod.Status.Reason.Length > 0 ? pod.Status.Reason : pod.Status.Phase;
    }

    /// <summary>Init containers run one after the other; the first that is not done decides the status.</summary>
    private static PodSummary AddInitContainers(PodSummary summary, Pod pod, out bool initializing, out PodSummary sidecars)
    {
        initializing = false;
        sidecars = default;
        var count = pod.Spec.InitContainers.Count;
        var statuses = pod.Status.InitContainerStatuses;
        for (var i = 0; i < statuses.Count; i++)
        {
            var status = statuses[i];
            summary = summary.WithRestartsOf(status);
            var sidecar = pod.Spec.InitContainers.Any(c => c.Name == status.Name && IsSidecar(c));
            if (sidecar)
            {
                sidecars = sidecars.WithRestartsOf(status);
            }

            if (status.State.Terminated is { ExitCode: 0 })
            {
                continue;
            }

            if (sidecar && status.Started == true)
            {
                summary = summary with { Ready = summary.Ready + (status.Ready ? 1 : 0) };
                continue;
            }

            initializing = true;
            return summary with { Status = InitStatus(status, i, count) };
        }

        return summary;
    }

    private static string InitStatus(ContainerStatus status, int index, int count) => status.State switch
    {
        { Terminated: { } ended } => "Init:" + EndOf(ended),
        { Waiting: { Reason: not ("" or "PodInitializing") } waiting } => "Init:" + waiting.Reason,
        _ => $"Init:{index}/{count}",
    };

    private static PodSummary AddContainers(PodSummary summary, Pod pod, bool keepReason)
    {
        var anyRunning = false;
        var statuses = pod.Status.ContainerStatuses;
        for (var i = statuses.Count - 1; i >= 0; i--)
        {
            var status = statuses[i];
            summary = summary.WithRestartsOf(status);
            if (status.State.Waiting is { Reason.Length: > 0 } waiting)
            {
                summary = summary with { Status = keepReason ? summary.Status : waiting.Reason };
            }
            else if (status.State.Terminated is { } ended)
            {
                summary = summary with { Status = keepReason ? summary.Status : EndOf(ended) };
            }
            else if (status is { Ready: true, State.Running: not null })
            {
                anyRunning = true;
                summary = summary with { Ready = summary.Ready + 1 };
            }
        }

        return summary.Status == "Completed" && anyRunning
            ? summary with { Status = HasCondition(pod, "Ready") ? "Running" : "NotReady" }
            : summary;
    }

    private static string Final(string status, Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is null)
        {
            return status;
        }

        if (pod.Status.Reason == "NodeLost")
        {
            return "Unknown";
        }

        return pod.Status.Phase is "Succeeded" or "Failed" ? status : "Terminating";
    }

    private static string EndOf(ContainerStateTerminated ended)
    {
        if (ended.Reason.Length > 0)
        {
            return ended.Reason;
        }

        return ended.Signal != 0 ? $"Signal:{ended.Signal}" : $"ExitCode:{ended.ExitCode}";
    }

    private static bool IsSidecar(Container container) => container.RestartPolicy == "Always";

    private static bool HasCondition(Pod pod, string type) => pod.Status.Conditions.Any(c => c.Type == type && c.Status == "True");

    private PodSummary WithRestartsOf(ContainerStatus status)
    {
        var ended = status.LastState.Terminated?.FinishedAt;
        return this with
        {
            Restarts = Restarts + status.RestartCount,
            LastRestart = ended > LastRestart || LastRestart is null ? ended ?? LastRestart : LastRestart,
        };
    }
}
