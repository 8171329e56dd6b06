namespace Minke.Api.Core;

/// <summary>Checks which files a volume is made of.</summary>
internal static class VolumeFileValidation
{
    private static readonly string[] s_fields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    public static void CheckKeys(ApiList<KeyToPath> items, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var at = path.Index(i);
            errors.CheckRequired(at.Child("key"), items[i].Key);
            CheckPath(items[i].Path, at.Child("path"), errors);
            VolumeValidation.CheckMode(items[i].Mode, at.Child("mode"), errors);
        }
    }

    public static void CheckDownward(ApiList<DownwardAPIVolumeFile> items, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var at = path.Index(i);
            CheckPath(item.Path, at.Child("path"), errors);
            VolumeValidation.CheckMode(item.Mode, at.Child("mode"), errors);
            if (item.FieldRef is null && item.ResourceFieldRef is null)
            {
                errors.Required(at, "one of fieldRef and resourceFieldRef is required");
            }
            else if (item.FieldRef is not null && item.ResourceFieldRef is not null)
            {
                errors.Invalid(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }

            DownwardValidation.CheckField(item.FieldRef, s_fields, at.Child("fieldRef"), errors);
            DownwardValidation.CheckResource(item.ResourceFieldRef, isVolume: true, at.Child("resourceFieldRef"), errors);
        }
    }

    /// <summary>A file in a volume whose entries the node writes: relative, and not one of the names that the node itself uses.</summary>
    public static void CheckPath(string target, FieldPath path, FieldErrors errors)
    {
        if (target.Length == 0)
        {
            errors.Required(path);
            return;
        }

        VolumeMountValidation.CheckDescending(target, path, errors);
        if (target.StartsWith("..", StringComparison.Ordinal) && !target.StartsWith("../", StringComparison.Ordinal) && target != "..")
        {
            errors.Invalid(path, target, "must not start with '..'");
        }
    }
}
