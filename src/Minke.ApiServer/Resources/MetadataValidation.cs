using System.Text;
using Minke.Api;
using Minke.Api.Meta;
using Minke.Api.Selectors;

namespace Minke.ApiServer.Resources;

/// <summary>What holds for the metadata of every object (apimachinery's ObjectMeta validation).</summary>
internal static class MetadataValidation
{
    private const int MaxAnnotationBytes = 256 * 1024;

    private static readonly FieldPath s_metadata = FieldPath.Root("metadata");
    private static readonly string[] s_standardFinalizers = ["orphan", "foregroundDeletion", "kubernetes"];

    public static void Check(KindInfo kind, ObjectMeta metadata, FieldErrors errors)
    {
        CheckName(kind, metadata, errors);
        CheckNamespace(kind, metadata, errors);
        CheckLabels(metadata, errors);
        CheckAnnotations(metadata, errors);
        CheckOwners(metadata, errors);
        CheckFinalizers(metadata, errors);
    }

    /// <summary>An object that is being deleted gets no new finalizers.</summary>
    public static void CheckUpdate(ObjectMeta desired, ObjectMeta current, FieldErrors errors)
    {
        if (current.DeletionTimestamp is null)
        {
            return;
        }

        var added = desired.Finalizers.Where(f => !current.Finalizers.Contains(f)).ToList();
        if (added.Count > 0)
        {
            errors.Forbidden(
                s_metadata.Child("finalizers"),
                $"no new finalizers can be added if the object is being deleted, found new finalizers [{string.Join(", ", added.Select(f => $"\"{f}\""))}]");
        }
    }

    private static void CheckName(KindInfo kind, ObjectMeta metadata, FieldErrors errors)
    {
        if (metadata.Name.Length == 0)
        {
            errors.Required(s_metadata.Child("name"), "name or generateName is required");
            return;
        }

        var complaints = kind == Kinds.Namespace ? NameSyntax.Dns1123Label(metadata.Name) : NameSyntax.Dns1123Subdomain(metadata.Name);
        foreach (var complaint in complaints)
        {
            errors.Invalid(s_metadata.Child("name"), metadata.Name, complaint);
        }
    }

    private static void CheckNamespace(KindInfo kind, ObjectMeta metadata, FieldErrors errors)
    {
        if (!kind.Namespaced)
        {
            return;
        }

        if (metadata.Namespace.Length == 0)
        {
            errors.Required(s_metadata.Child("namespace"));
        }
        else
        {
            foreach (var complaint in NameSyntax.Dns1123Label(metadata.Namespace))
            {
                errors.Invalid(s_metadata.Child("namespace"), metadata.Namespace, complaint);
            }
        }
    }

    private static void CheckLabels(ObjectMeta metadata, FieldErrors errors)
    {
        foreach (var (key, value) in metadata.Labels)
        {
            AddAll(errors, s_metadata.Child("labels"), key, NameSyntax.LabelKey(key));
            AddAll(errors, s_metadata.Child("labels"), value, NameSyntax.LabelValue(value));
        }
    }

    private static void CheckAnnotations(ObjectMeta metadata, FieldErrors errors)
    {
        var bytes = 0L;
        foreach (var (key, value) in metadata.Annotations)
        {
            AddAll(errors, s_metadata.Child("annotations"), key, NameSyntax.LabelKey(key.ToLowerInvariant()));
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
        }

        if (bytes > MaxAnnotationBytes)
        {
            errors.TooLong(s_metadata.Child("annotations"), MaxAnnotationBytes);
        }
    }

    private static void CheckOwners(ObjectMeta metadata, FieldErrors errors)
    {
        var path = s_metadata.Child("ownerReferences");
        for (var i = 0; i < metadata.OwnerReferences.Count; i++)
        {
            var owner = metadata.OwnerReferences[i];
            var at = path.Index(i);
            Require(errors, at.Child("apiVersion"), owner.ApiVersion, "version must not be empty");
            Require(errors, at.Child("kind"), owner.Kind, "must not be empty");
            Require(errors, at.Child("name"), owner.Name, "must not be empty");
            Require(errors, at.Child("uid"), owner.Uid, "must not be empty");
        }

        if (metadata.OwnerReferences.Count(o => o.Controller == true) > 1)
        {
            errors.Invalid(path, "", "Only one reference can have Controller set to true");
        }
    }

    private static void CheckFinalizers(ObjectMeta metadata, FieldErrors errors)
    {
        var path = s_metadata.Child("finalizers");
        foreach (var finalizer in metadata.Finalizers)
        {
            AddAll(errors, path, finalizer, NameSyntax.LabelKey(finalizer));
            if (!finalizer.Contains('/') && !s_standardFinalizers.Contains(finalizer))
            {
                errors.Invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
        }

        if (metadata.Finalizers.Contains("orphan") && metadata.Finalizers.Contains("foregroundDeletion"))
        {
            errors.Invalid(path, "orphan", "finalizers orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void Require(FieldErrors errors, FieldPath path, string value, string why)
    {
        if (value.Length == 0)
        {
            errors.Invalid(path, value, why);
        }
    }

    private static void AddAll(FieldErrors errors, FieldPath path, string value, IReadOnlyList<string> complaints)
    {
        foreach (var complaint in complaints)
        {
            errors.Invalid(path, value, complaint);
        }
    }
}
