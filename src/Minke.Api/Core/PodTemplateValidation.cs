namespace Minke.Api.Core;

/// <summary>Checks templates that pods are made from.</summary>
internal static class PodTemplateValidation
{
    public static void Validate(PodTemplateSpec template, FieldPath path, FieldErrors errors)
    {
        errors.CheckLabels(path.Child("metadata").Child("labels"), template.Metadata.Labels);
        errors.CheckAnnotations(path.Child("metadata").Child("annotations"), template.Metadata.Annotations);
        PodSpecValidation.Validate(template.Spec, path.Child("spec"), errors);
        if (template.Spec.EphemeralContainers.Count > 0)
        {
            errors.Forbidden(path.Child("spec").Child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }
}
