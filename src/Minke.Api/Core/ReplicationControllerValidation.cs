using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks replication controllers.</summary>
internal static class ReplicationControllerValidation
{
    public static void Validate(ReplicationController controller, FieldErrors errors)
    {
        FieldPath path = "spec";
        var spec = controller.Spec;
        errors.CheckNonNegative(path.Child("minReadySeconds"), spec.MinReadySeconds);
        if (spec.Selector.Count == 0)
        {
            errors.Required(path.Child("selector"));
        }

        if (spec.Replicas is { } replicas)
        {
            errors.CheckNonNegative(path.Child("replicas"), replicas);
        }
        else
        {
            errors.Required(path.Child("replicas"));
        }

        CheckTemplate(spec, path.Child("template"), errors);
    }

    public static void ValidateUpdate(ReplicationController old, ReplicationController controller, FieldErrors errors)
    {
        if (!FieldChecks.Same(old.Spec, controller.Spec))
        {
            Validate(controller, errors);
        }
    }

    public static void ValidateStatusUpdate(ReplicationController old, ReplicationController controller, FieldErrors errors)
    {
        FieldPath path = "status";
        var status = controller.Status;
        (string Name, long Value)[] counts =
        [
            ("replicas", status.Replicas), ("fullyLabeledReplicas", status.FullyLabeledReplicas), ("readyReplicas", status.ReadyReplicas),
            ("availableReplicas", status.AvailableReplicas), ("observedGeneration", status.ObservedGeneration),
        ];
        foreach (var (name, value) in counts)
        {
            errors.CheckNonNegative(path.Child(name), value);
            if (name is not ("replicas" or "observedGeneration") && value > status.Replicas)
            {
                errors.Invalid(path.Child(name), value, "cannot be greater than status.replicas");
            }
        }

        if (status.AvailableReplicas > status.ReadyReplicas)
        {
            errors.Invalid(path.Child("availableReplicas"), status.AvailableReplicas, "cannot be greater than readyReplicas");
        }
    }

    private static void CheckTemplate(ReplicationControllerSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Template is not { } template)
        {
            errors.Required(path);
            return;
        }

        var labels = template.Metadata.Labels;
        if (spec.Selector.Count > 0 && !LabelQuery.OfEqualities(spec.Selector).Matches(labels))
        {
            var shown = string.Join(',', labels.Select(label => $"{label.Key}={label.Value}"));
            errors.Invalid(path.Child("metadata").Child("labels"), shown, "`selector` does not match template `labels`");
        }

        PodTemplateValidation.Validate(template, path, errors);
        if (template.Spec.RestartPolicy != "Always")
        {
            errors.NotSupported(path.Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, "Always");
        }

        if (template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"), "activeDeadlineSeconds in ReplicationController is not Supported");
        }
    }
}
