using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks the volumes of a pod.</summary>
internal static class VolumeValidation
{
    private static readonly string[] s_hostPathTypes =
        ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

    public static void Validate(ApiList<Volume> volumes, FieldPath path, FieldErrors errors)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var i = 0; i < volumes.Count; i++)
        {
            var at = path.Index(i);
            CheckName(volumes[i].Name, names, at.Child("name"), errors);
            CheckSource(volumes[i].Source, at, errors);
        }
    }

    private static void CheckName(string name, HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
            return;
        }

        errors.AddAll(path, name, NameSyntax.Dns1123Label(name));
        if (!names.Add(name))
        {
            errors.Duplicate(path, name);
        }
    }

    private static void CheckSource(VolumeSource source, FieldPath path, FieldErrors errors)
    {
        var kinds = VolumeKinds.Of(source).ToList();
        if (kinds.Count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }

        foreach (var kind in kinds.Skip(1))
        {
            errors.Forbidden(path.Child(kind), "may not specify more than 1 volume type");
        }

        CheckEmptyDir(source.EmptyDir, path.Child("emptyDir"), errors);
        CheckHostPath(source.HostPath, path.Child("hostPath"), errors);
        CheckSecret(source.Secret, path.Child("secret"), errors);
        CheckConfigMap(source.ConfigMap, path.Child("configMap"), errors);
        if (source.DownwardAPI is { } downward)
        {
            CheckMode(downward.DefaultMode, path.Child("downwardAPI").Child("defaultMode"), errors);
            VolumeFileValidation.CheckDownward(downward.Items, path.Child("downwardAPI").Child("items"), errors);
        }

        ProjectedVolumeValidation.Validate(source.Projected, path.Child("projected"), errors);
        CheckOthers(source, path, errors);
    }

    private static void CheckEmptyDir(EmptyDirVolumeSource? source, FieldPath path, FieldErrors errors)
    {
        if (source?.SizeLimit is { Sign: < 0 })
        {
            errors.Forbidden(path.Child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    }

    private static void CheckHostPath(HostPathVolumeSource? source, FieldPath path, FieldErrors errors)
    {
        if (source is null)
        {
            return;
        }

        errors.CheckRequired(path.Child("path"), source.Path);
        if (source.Path.Split('/').Contains(".."))
        {
            errors.Invalid(path.Child("path"), source.Path, "must not contain '..'");
        }

        errors.CheckOptionalOneOf(path.Child("type"), source.Type, s_hostPathTypes);
    }

    private static void CheckSecret(SecretVolumeSource? source, FieldPath path, FieldErrors errors)
    {
        if (source is not null)
        {
            errors.CheckRequired(path.Child("secretName"), source.SecretName);
            CheckMode(source.DefaultMode, path.Child("defaultMode"), errors);
            VolumeFileValidation.CheckKeys(source.Items, path.Child("items"), errors);
        }
    }

    private static void CheckConfigMap(ConfigMapVolumeSource? source, FieldPath path, FieldErrors errors)
    {
        if (source is not null)
        {
            errors.CheckRequired(path.Child("name"), source.Reference.Name);
            CheckMode(source.DefaultMode, path.Child("defaultMode"), errors);
            VolumeFileValidation.CheckKeys(source.Items, path.Child("items"), errors);
        }
    }

    private static void CheckOthers(VolumeSource source, FieldPath path, FieldErrors errors)
    {
        if (source.PersistentVolumeClaim is { } claim)
        {
            errors.CheckRequired(path.Child("persistentVolumeClaim").Child("claimName"), claim.ClaimName);
        }

        if (source.Nfs is { } nfs)
        {
            errors.CheckRequired(path.Child("nfs").Child("server"), nfs.Server);
            errors.CheckRequired(path.Child("nfs").Child("path"), nfs.Path);
            if (nfs.Path.Length > 0 && !nfs.Path.StartsWith('/'))
            {
                errors.Invalid(path.Child("nfs").Child("path"), nfs.Path, "must be an absolute path");
            }
        }

        if (source.Csi is { } csi)
        {
            errors.CheckReference(path.Child("csi").Child("driver"), csi.Driver);
        }

        if (source.Ephemeral is { VolumeClaimTemplate: null })
        {
            errors.Required(path.Child("ephemeral").Child("volumeClaimTemplate"));
        }

        if (source.Image is { } image)
        {
            errors.CheckRequired(path.Child("image").Child("reference"), image.Reference);
            errors.CheckOneOf(path.Child("image").Child("pullPolicy"), image.PullPolicy, "Always", "IfNotPresent", "Never");
        }
    }

    internal static void CheckMode(int? mode, FieldPath path, FieldErrors errors)
    {
        const int AllBits = 0x1FF; // 0777
        if (mode is < 0 or > AllBits)
        {
            errors.Invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
