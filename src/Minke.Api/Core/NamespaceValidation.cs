using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks namespaces.</summary>
internal static class NamespaceValidation
{
    public static void Validate(Namespace item, FieldErrors errors)
    {
        FieldPath path = "spec";
        foreach (var finalizer in item.Spec.Finalizers)
        {
            errors.AddAll(path.Child("finalizers"), finalizer, NameSyntax.LabelKey(finalizer));
            if (!finalizer.Contains('/') && finalizer != "kubernetes")
            {
                errors.Invalid(path.Child("finalizers"), finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    public static void ValidateUpdate(Namespace old, Namespace item, FieldErrors errors) => Validate(item, errors);

    public static void ValidateStatusUpdate(Namespace old, Namespace item, FieldErrors errors)
    {
        var phase = FieldPath.Root("status").Child("phase");
        if (item.Metadata.DeletionTimestamp is null && item.Status.Phase != "Active")
        {
            errors.Invalid(phase, item.Status.Phase, "may only be 'Active' if `deletionTimestamp` is empty");
        }
        else if (item.Metadata.DeletionTimestamp is not null && item.Status.Phase != "Terminating")
        {
            errors.Invalid(phase, item.Status.Phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
    }
}
