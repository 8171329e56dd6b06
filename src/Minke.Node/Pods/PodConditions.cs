using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>Sets the conditions that the node agent owns; those of others are left alone.</summary>
internal static class PodConditions
{
    private static readonly string[] s_own = ["PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready"];

    /// <summary>The agent's conditions from one list and everybody else's from the other; PodScheduled from either.</summary>
    public static ApiList<PodCondition> WithOthers(ApiList<PodCondition> own, ApiList<PodCondition> others)
    {
        var result = new ApiList<PodCondition>();
        foreach (var condition in others.Where(static condition => !s_own.Contains(condition.Type)))
        {
            result.Add(condition.Clone());
        }

        foreach (var condition in own)
        {
            if (s_own.Contains(condition.Type) || (condition.Type == "PodScheduled" && !result.Any(static other => other.Type == "PodScheduled")))
            {
                result.Add(condition.Clone());
            }
        }

        return result;
    }

    public static void Set(PodStatus status, PodView view, DateTimeOffset now)
    {
        var over = status.Phase is "Succeeded" or "Failed";
        Put(status, view, "PodReadyToStartContainers", !over && view.Runtime.Sandbox is { Ready: true }, "", "", now);
        SetInitialized(status, view, now);
        var (ready, reason, message) = ContainersReady(status, over);
        Put(status, view, "ContainersReady", ready, reason, message, now);
        (ready, reason, message) = ready ? GatesReady(status, view) : (ready, reason, message);
        Put(status, view, "Ready", ready, reason, message, now);
        if (Find(status, "PodScheduled") is null)
        {
            Put(status, view, "PodScheduled", true, "", "", now);
        }
    }

    private static void SetInitialized(PodStatus status, PodView view, DateTimeOffset now)
    {
        if (status.Phase == "Succeeded")
        {
            Put(status, view, "Initialized", true, "PodCompleted", "", now);
            return;
        }

        // Without init containers there is nothing to wait for; with them, what ended by itself has been initialized.
        var initialized = view.Pod.Spec.InitContainers.Count == 0
            || PodOutcome.IsInitialized(view, view.Runtime.Sandbox)
            || (Find(status, "Initialized") is { Status: "True" } && (view.IsEnding || view.Pod.HasTerminalPhase));
        var incomplete = status.InitContainerStatuses.Where(static c => !c.Ready).Select(static c => c.Name);
        var message = initialized ? "" : $"containers with incomplete status: [{string.Join(' ', incomplete)}]";
        Put(status, view, "Initialized", initialized, initialized ? "" : "ContainersNotInitialized", message, now);
    }

    private static (bool Ready, string Reason, string Message) ContainersReady(PodStatus status, bool over)
    {
        if (over)
        {
            return (false, status.Phase == "Succeeded" ? "PodCompleted" : "PodFailed", "");
        }

        var unready = status.ContainerStatuses.Where(static c => !c.Ready).Select(static c => c.Name).ToList();
        return unready.Count == 0 && status.Phase == "Running"
            ? (true, "", "")
            : (false, "ContainersNotReady", unready.Count == 0 ? "" : $"containers with unready status: [{string.Join(' ', unready)}]");
    }

    private static (bool Ready, string Reason, string Message) GatesReady(PodStatus status, PodView view)
    {
        foreach (var gate in view.Pod.Spec.ReadinessGates)
        {
            if (Find(status, gate.ConditionType) is not { Status: "True" })
            {
                return (false, "ReadinessGatesNotReady", $"condition \"{gate.ConditionType}\" of the pod is not true");
            }
        }

        return (true, "", "");
    }

    private static PodCondition? Find(PodStatus status, string type) => status.Conditions.FirstOrDefault(condition => condition.Type == type);

    private static void Put(PodStatus status, PodView view, string type, bool value, string reason, string message, DateTimeOffset now)
    {
        var condition = Find(status, type);
        if (condition is null)
        {
            condition = new PodCondition { Type = type };
            status.Conditions.Add(condition);
        }

        var text = value ? "True" : "False";
        if (condition.Status != text)
        {
            condition.Status = text;
            condition.LastTransitionTime = now;
        }

        condition.Reason = reason;
        condition.Message = message;
        condition.ObservedGeneration = view.Pod.Metadata.Generation;
    }
}
