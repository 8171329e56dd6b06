using Minke.Api;

namespace Minke.ApiServer.Resources;

/// <summary>Runs the checks of a kind and of metadata, and turns what they find into one answer.</summary>
internal static class ObjectValidation
{
    /// <exception cref="ApiException">422 with every wrong field.</exception>
    public static void Check(KindInfo kind, ApiObject item)
    {
        var errors = new FieldErrors();
        MetadataValidation.Check(kind, item.Metadata, errors);
        kind.Validate?.Invoke(item, errors);
        ThrowIfAny(kind, item, errors);
    }

    /// <exception cref="ApiException">422 with every wrong field.</exception>
    public static void CheckUpdate(KindInfo kind, ApiObject desired, ApiObject current, UpdateScope scope)
    {
        var errors = new FieldErrors();
        MetadataValidation.Check(kind, desired.Metadata, errors);
        MetadataValidation.CheckUpdate(desired.Metadata, current.Metadata, errors);
        if (scope == UpdateScope.Main)
        {
            kind.ValidateUpdate?.Invoke(current, desired, errors);
        }
        else if (scope == UpdateScope.Status)
        {
            kind.ValidateStatusUpdate?.Invoke(current, desired, errors);
        }

        ThrowIfAny(kind, desired, errors);
    }

    private static void ThrowIfAny(KindInfo kind, ApiObject item, FieldErrors errors)
    {
        if (errors.Any)
        {
            throw ApiErrors.Invalid(kind, item.Metadata.Name, errors);
        }
    }
}
