using System.Text.Json;

namespace Minke.Api.Core;

/// <summary>
/// Checks a change of a pod. A pod is what it was scheduled as: of its spec only images, a shorter deadline, further tolerations, an end of the
/// waiting for gates, and a repair of a negative grace period may change.
/// </summary>
internal static class PodUpdateValidation
{
    private const string MayChange =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    public static void Validate(Pod old, Pod pod, FieldPath path, FieldErrors errors)
    {
        if (FieldChecks.Same(old.Spec, pod.Spec))
        {
            return;
        }

        PodSpecValidation.Validate(pod.Spec, path, errors);
        PodValidation.CheckImages(pod.Spec.InitContainers, path.Child("initContainers"), errors);
        PodValidation.CheckImages(pod.Spec.Containers, path.Child("containers"), errors);
        if (CheckCounts(old.Spec, pod.Spec, path, errors))
        {
            return;
        }

        CheckDeadline(old.Spec, pod.Spec, path.Child("activeDeadlineSeconds"), errors);
        CheckTolerations(old.Spec, pod.Spec, path.Child("tolerations"), errors);
        CheckGates(old.Spec, pod.Spec, path.Child("schedulingGates"), errors);
        CheckRest(old.Spec, pod.Spec, path, errors);
    }

    /// <summary>Whether containers were added or removed.</summary>
    private static bool CheckCounts(PodSpec old, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        const string Complaint = "pod updates may not add or remove containers";
        if (old.Containers.Count != spec.Containers.Count)
        {
            errors.Forbidden(path.Child("containers"), Complaint);
        }

        if (old.InitContainers.Count != spec.InitContainers.Count)
        {
            errors.Forbidden(path.Child("initContainers"), Complaint);
        }

        return old.Containers.Count != spec.Containers.Count || old.InitContainers.Count != spec.InitContainers.Count;
    }

    private static void CheckDeadline(PodSpec old, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.ActiveDeadlineSeconds is { } deadline)
        {
            if (old.ActiveDeadlineSeconds < deadline)
            {
                errors.Invalid(path, deadline, "must be less than or equal to previous value");
            }
        }
        else if (old.ActiveDeadlineSeconds is not null)
        {
            errors.Invalid(path, null, "must not update from a positive integer to nil value");
        }
    }

    private static void CheckTolerations(PodSpec old, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var present = spec.Tolerations.Select(WithoutTime).ToHashSet();
        if (!old.Tolerations.All(existing => present.Contains(WithoutTime(existing))))
        {
            errors.Forbidden(path, "existing toleration can not be modified except its tolerationSeconds");
        }
    }

    private static (string Key, string Operator, string Value, string Effect) WithoutTime(Toleration toleration) =>
        (toleration.Key, toleration.Operator, toleration.Value, toleration.Effect);

    private static void CheckGates(PodSpec old, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var known = old.SchedulingGates.Select(gate => gate.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var gate in spec.SchedulingGates.Where(gate => !known.Contains(gate.Name)))
        {
            errors.Forbidden(path, $"only deletion is allowed, but found new scheduling gate '{gate.Name}'");
        }
    }

    /// <summary>Takes back all that may change; what still differs may not.</summary>
    private static void CheckRest(PodSpec old, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var rest = spec.Clone();
        for (var i = 0; i < rest.Containers.Count; i++)
        {
            rest.Containers[i].Image = old.Containers[i].Image;
        }

        for (var i = 0; i < rest.InitContainers.Count; i++)
        {
            rest.InitContainers[i].Image = old.InitContainers[i].Image;
        }

        var original = old.Clone();
        rest.ActiveDeadlineSeconds = original.ActiveDeadlineSeconds;
        rest.Tolerations = original.Tolerations;
        rest.SchedulingGates = original.SchedulingGates;
        if (original.TerminationGracePeriodSeconds < 0 && rest.TerminationGracePeriodSeconds == 1)
        {
            rest.TerminationGracePeriodSeconds = original.TerminationGracePeriodSeconds;
        }

        if (original.SchedulingGates.Count > 0)
        {
            TakeBackNarrowing(rest, original);
        }

        if (!FieldChecks.Same(original, rest))
        {
            errors.Forbidden(path, $"{MayChange}\nchanged: {string.Join(", ", DifferentFields(original, rest, path))}");
        }
    }

    /// <summary>While a pod waits for gates, those who hold them may narrow down the nodes that it can go to.</summary>
    private static void TakeBackNarrowing(PodSpec rest, PodSpec original)
    {
        var isNarrower = original.NodeSelector.All(label => rest.NodeSelector.TryGetValue(label.Key, out var value) && value == label.Value);
        if (isNarrower)
        {
            rest.NodeSelector = original.NodeSelector;
        }

        var hadNone = original.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is null;
        if (hadNone && rest.Affinity?.NodeAffinity is { } nodes)
        {
            nodes.RequiredDuringSchedulingIgnoredDuringExecution = null;
            if (original.Affinity?.NodeAffinity is null && nodes.PreferredDuringSchedulingIgnoredDuringExecution.Count == 0)
            {
                rest.Affinity.NodeAffinity = null;
            }

            if (original.Affinity is null && rest.Affinity is { NodeAffinity: null, PodAffinity: null, PodAntiAffinity: null })
            {
                rest.Affinity = null;
            }
        }
    }

    private static List<string> DifferentFields(PodSpec old, PodSpec spec, FieldPath path)
    {
        using var before = JsonDocument.Parse(ApiJson.EncodeValue(old));
        using var after = JsonDocument.Parse(ApiJson.EncodeValue(spec));
        var fields = before.RootElement.EnumerateObject().Concat(after.RootElement.EnumerateObject()).Select(member => member.Name).Distinct();
        return [.. fields.Where(IsDifferent).Select(name => path.Child(name).ToString())];

        bool IsDifferent(string name)
        {
            var isBefore = before.RootElement.TryGetProperty(name, out var one);
            var isAfter = after.RootElement.TryGetProperty(name, out var other);
            return isBefore != isAfter || (isBefore && !JsonElement.DeepEquals(one, other));
        }
    }
}
