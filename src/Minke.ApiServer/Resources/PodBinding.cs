using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources;

/// <summary>The pods/binding subresource: a scheduler's decision becomes the pod's node.</summary>
internal static class PodBinding
{
    private const string Scheduled = "PodScheduled";

    /// <exception cref="ApiException">The binding makes no sense (422) or comes too late (409).</exception>
    public static Pod Bind(Pod pod, Binding binding, DateTimeOffset now)
    {
        Check(binding);
        RequestChecks.SameUid(Kinds.Pod, binding.Metadata.Uid, pod);
        if (Obstacle(pod) is { } why)
        {
            throw ApiErrors.Conflict(Kinds.Pod, pod.Metadata.Name, why);
        }

        var bound = pod.Clone();
        bound.Spec.NodeName = binding.Target.Name;
        foreach (var (key, value) in binding.Metadata.Annotations)
        {
            bound.Metadata.Annotations[key] = value;
        }

        bound.Status.Conditions.RemoveAll(c => c.Type == Scheduled);
        bound.Status.Conditions.Add(new PodCondition
        {
            Type = Scheduled,
            Status = "True",
            LastTransitionTime = now,
            ObservedGeneration = pod.Metadata.Generation,
        });
        return bound;
    }

    private static string? Obstacle(Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            return $"pod {pod.Metadata.Name} is being deleted, cannot be assigned to a host";
        }

        if (pod.Spec.NodeName.Length > 0)
        {
            return $"pod {pod.Metadata.Name} is already assigned to node \"{pod.Spec.NodeName}\"";
        }

        return pod.Spec.SchedulingGates.Count > 0 ? $"pod {pod.Metadata.Name} has non-empty .spec.schedulingGates" : null;
    }

    private static void Check(Binding binding)
    {
        var errors = new FieldErrors();
        if (binding.Target.Kind is not ("" or "Node"))
        {
            errors.NotSupported(FieldPath.Root("target").Child("kind"), binding.Target.Kind, "Node", "<empty>");
        }

        if (binding.Target.Name.Length == 0)
        {
            errors.Required(FieldPath.Root("target").Child("name"));
        }

        if (errors.Any)
        {
            throw ApiErrors.Invalid(Kinds.Binding, binding.Metadata.Name, errors);
        }
    }
}
