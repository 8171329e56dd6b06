namespace Minke.Api.Core;

/// <summary>Checks where a container mounts the pod's volumes.</summary>
internal static class VolumeMountValidation
{
    private static readonly string[] s_propagations = ["Bidirectional", "HostToContainer", "None"];

    public static void Validate(Container container, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        var mounts = path.Child("volumeMounts");
        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            CheckMount(container.VolumeMounts[i], container, volumes, taken, mounts.Index(i), errors);
        }

        var devices = path.Child("volumeDevices");
        for (var i = 0; i < container.VolumeDevices.Count; i++)
        {
            CheckDevice(container.VolumeDevices[i], volumes, taken, devices.Index(i), errors);
        }
    }

    /// <summary>A path inside of a volume that does not lead out of it.</summary>
    public static void CheckDescending(string target, FieldPath path, FieldErrors errors)
    {
        if (target.StartsWith('/'))
        {
            errors.Invalid(path, target, "must be a relative path");
        }

        if (target.Split('/').Contains(".."))
        {
            errors.Invalid(path, target, "must not contain '..'");
        }
    }

    private static void CheckMount(
        VolumeMount mount, Container container, IReadOnlyDictionary<string, Volume> volumes, HashSet<string> taken, FieldPath path, FieldErrors errors)
    {
        CheckVolume(mount.Name, volumes, path, errors);
        CheckUniquePath(mount.MountPath, taken, path.Child("mountPath"), errors);
        if (mount.SubPath.Length > 0)
        {
            CheckDescending(mount.SubPath, path.Child("subPath"), errors);
        }

        if (mount.SubPathExpr.Length > 0)
        {
            CheckDescending(mount.SubPathExpr, path.Child("subPathExpr"), errors);
            if (mount.SubPath.Length > 0)
            {
                errors.Invalid(path.Child("subPathExpr"), mount.SubPathExpr, "subPathExpr and subPath are mutually exclusive");
            }
        }

        CheckPropagation(mount, container, path, errors);
        CheckRecursiveReadOnly(mount, path.Child("recursiveReadOnly"), errors);
    }

    private static void CheckVolume(string name, IReadOnlyDictionary<string, Volume> volumes, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else if (!volumes.ContainsKey(name))
        {
            errors.NotFound(path.Child("name"), name);
        }
    }

    private static void CheckUniquePath(string target, HashSet<string> taken, FieldPath path, FieldErrors errors)
    {
        if (target.Length == 0)
        {
            errors.Required(path);
        }
        else if (!taken.Add(target))
        {
            errors.Invalid(path, target, "must be unique");
        }
    }

    private static void CheckPropagation(VolumeMount mount, Container container, FieldPath path, FieldErrors errors)
    {
        errors.CheckOptionalOneOf(path.Child("mountPropagation"), mount.MountPropagation, s_propagations);
        if (mount.MountPropagation == "Bidirectional" && container.SecurityContext?.Privileged != true)
        {
            errors.Forbidden(path.Child("mountPropagation"), "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void CheckRecursiveReadOnly(VolumeMount mount, FieldPath path, FieldErrors errors)
    {
        errors.CheckOptionalOneOf(path, mount.RecursiveReadOnly, "Disabled", "Enabled", "IfPossible");
        if (mount.RecursiveReadOnly is not ("Enabled" or "IfPossible"))
        {
            return;
        }

        if (!mount.ReadOnly)
        {
            errors.Forbidden(path, "may only be specified when readOnly is true");
        }

        if (mount.MountPropagation is not (null or "None"))
        {
            errors.Forbidden(path, "may only be specified when mountPropagation is None or not specified");
        }
    }

    private static void CheckDevice(VolumeDevice device, IReadOnlyDictionary<string, Volume> volumes, HashSet<string> taken, FieldPath path, FieldErrors errors)
    {
        CheckVolume(device.Name, volumes, path, errors);
        if (volumes.TryGetValue(device.Name, out var volume) && volume.Source is { PersistentVolumeClaim: null, Ephemeral: null })
        {
            errors.Invalid(path.Child("name"), device.Name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        }

        CheckUniquePath(device.DevicePath, taken, path.Child("devicePath"), errors);
        CheckDescendingDevice(device.DevicePath, path.Child("devicePath"), errors);
    }

    private static void CheckDescendingDevice(string target, FieldPath path, FieldErrors errors)
    {
        if (target.Split('/').Contains(".."))
        {
            errors.Invalid(path, target, "can not contain backsteps ('..')");
        }
    }
}
