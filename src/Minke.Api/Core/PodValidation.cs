namespace Minke.Api.Core;

/// <summary>Checks pods, in the terms and with the messages of Kubernetes' core validation.</summary>
internal static class PodValidation
{
    private static readonly FieldPath s_spec = "spec";

    public static void Validate(Pod pod, FieldErrors errors)
    {
        PodSpecValidation.Validate(pod.Spec, s_spec, errors);
        if (pod.Spec.EphemeralContainers.Count > 0)
        {
            errors.Forbidden(s_spec.Child("ephemeralContainers"), "cannot be set on create");
        }

        if (pod.Spec.SchedulingGates.Count > 0 && pod.Spec.NodeName.Length > 0)
        {
            errors.Forbidden(s_spec.Child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }

        CheckImages(pod.Spec.InitContainers, s_spec.Child("initContainers"), errors);
        CheckImages(pod.Spec.Containers, s_spec.Child("containers"), errors);
    }

    public static void ValidateUpdate(Pod old, Pod pod, FieldErrors errors) => PodUpdateValidation.Validate(old, pod, s_spec, errors);

    public static void ValidateStatusUpdate(Pod old, Pod pod, FieldErrors errors)
    {
        FieldPath status = "status";
        CheckConditions(pod.Status.Conditions, status.Child("conditions"), errors);
        if (old.Spec.NodeName != pod.Spec.NodeName)
        {
            errors.Forbidden(status.Child("nodeName"), "may not be changed directly");
        }

        for (var i = 0; i < pod.Status.PodIPs.Count; i++)
        {
            errors.CheckAddress(status.Child("podIPs").Index(i).Child("ip"), pod.Status.PodIPs[i].Ip);
        }

        for (var i = 0; i < pod.Status.HostIPs.Count; i++)
        {
            errors.CheckAddress(status.Child("hostIPs").Index(i).Child("ip"), pod.Status.HostIPs[i].Ip);
        }
    }

    /// <summary>Images of pods, unlike those of templates, must not have white space around them.</summary>
    internal static void CheckImages(ApiList<Container> containers, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            if (containers[i].Image != containers[i].Image.Trim())
            {
                errors.Invalid(path.Index(i).Child("image"), containers[i].Image, "must not have leading or trailing whitespace");
            }
        }
    }

    private static void CheckConditions(ApiList<PodCondition> conditions, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            errors.AddAll(path.Index(i).Child("type"), conditions[i].Type, Selectors.NameSyntax.LabelKey(conditions[i].Type));
        }
    }
}
