using Minke.Api;
using Minke.Api.Core;

namespace Minke.Controllers.Replication;

/// <summary>Derives the status of a ReplicationController from its pods. Pure.</summary>
public static class ReplicaStatus
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <param name="owned">The active pods that the controller owns and selects.</param>
    /// <param name="failure">Why pods could not be made or deleted just now; null when nothing failed.</param>
    public static ReplicationControllerStatus Of(ReplicationController controller, IReadOnlyList<Pod> owned, ReplicaFailureReason? failure, DateTimeOffset now)
    {
        var status = controller.Status.Clone();
        status.Replicas = owned.Count;
        status.FullyLabeledReplicas = owned.Count(pod => HasLabelsOf(controller.Spec.Template, pod));
        status.ReadyReplicas = owned.Count(PodFacts.IsReady);
        status.AvailableReplicas = owned.Count(pod => PodFacts.IsAvailable(pod, controller.Spec.MinReadySeconds, now));
        status.ObservedGeneration = controller.Metadata.Generation;
        SetFailure(status.Conditions, failure, now);
        return status;
    }

    public static bool AreSame(ReplicationControllerStatus left, ReplicationControllerStatus right) =>
        left.Replicas == right.Replicas
        && left.FullyLabeledReplicas == right.FullyLabeledReplicas
        && left.ReadyReplicas == right.ReadyReplicas
        && left.AvailableReplicas == right.AvailableReplicas
        && left.ObservedGeneration == right.ObservedGeneration
        && left.Conditions.Select(Text).SequenceEqual(right.Conditions.Select(Text));

    private static bool HasLabelsOf(PodTemplateSpec? template, Pod pod) => template is null
        || template.Metadata.Labels.All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private static void SetFailure(ApiList<ReplicationControllerCondition> conditions, ReplicaFailureReason? failure, DateTimeOffset now)
    {
        var index = -1;
        for (var i = 0; i < conditions.Count; i++)
        {
            index = conditions[i].Type == ReplicaFailure ? i : index;
        }

        if (failure is null)
        {
            if (index >= 0)
            {
                conditions.RemoveAt(index);
            }
        }
        else if (index < 0)
        {
            conditions.Add(new ReplicationControllerCondition
            {
                Type = ReplicaFailure,
                Status = "True",
                Reason = failure.Reason,
                Message = failure.Message,
                LastTransitionTime = now,
            });
        }
        else
        {
            conditions[index].Reason = failure.Reason;
            conditions[index].Message = failure.Message;
        }
    }

    private static (string Type, string Status, string Reason, string Message) Text(ReplicationControllerCondition condition) =>
        (condition.Type, condition.Status, condition.Reason, condition.Message);
}

/// <summary>Why the number of pods could not be changed: <c>FailedCreate</c> or <c>FailedDelete</c>, and what the API said.</summary>
public sealed record ReplicaFailureReason(string Reason, string Message);
