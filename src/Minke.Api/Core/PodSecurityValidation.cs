using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks the security context of a pod, and how it shares namespaces with the host.</summary>
internal static class PodSecurityValidation
{
    private const long MaxId = uint.MaxValue;

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.ShareProcessNamespace == true && spec.HostPID)
        {
            errors.Invalid(path.Child("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }

        CheckHostUsers(spec, path, errors);
        if (spec.SecurityContext is { } context)
        {
            CheckContext(context, spec, path.Child("securityContext"), errors);
        }
    }

    public static void CheckId(long? id, FieldPath path, FieldErrors errors)
    {
        if (id is { } value)
        {
            errors.CheckRange(path, value, 0, MaxId);
        }
    }

    public static void CheckSeccomp(SeccompProfile? profile, FieldPath path, FieldErrors errors)
    {
        if (profile is null)
        {
            return;
        }

        errors.CheckOneOf(path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined");
        if (profile.Type != "Localhost")
        {
            if (profile.LocalhostProfile is { } unused)
            {
                errors.Invalid(path.Child("localhostProfile"), unused, "can only be set when seccomp type is Localhost");
            }
        }
        else if (profile.LocalhostProfile is not { } file)
        {
            errors.Required(path.Child("localhostProfile"), "must be set when seccomp type is Localhost");
        }
        else
        {
            VolumeMountValidation.CheckDescending(file, path.Child("localhostProfile"), errors);
        }
    }

    public static void CheckAppArmor(AppArmorProfile? profile, FieldPath path, FieldErrors errors)
    {
        if (profile is null)
        {
            return;
        }

        errors.CheckOneOf(path.Child("type"), profile.Type, "Localhost", "RuntimeDefault", "Unconfined");
        if (profile.Type == "Localhost")
        {
            errors.CheckRequired(path.Child("localhostProfile"), profile.LocalhostProfile?.Trim() ?? "", "must be set when AppArmor type is Localhost");
        }
        else if (profile.LocalhostProfile is { } unused)
        {
            errors.Invalid(path.Child("localhostProfile"), unused, "can only be set when AppArmor type is Localhost");
        }
    }

    private static void CheckHostUsers(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.HostUsers != false)
        {
            return;
        }

        (string Name, bool IsSet)[] fields = [("hostNetwork", spec.HostNetwork), ("hostPID", spec.HostPID), ("hostIPC", spec.HostIPC)];
        foreach (var (name, isSet) in fields)
        {
            if (isSet)
            {
                errors.Forbidden(path.Child(name), "when `hostUsers` is false");
            }
        }
    }

    private static void CheckContext(PodSecurityContext context, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        CheckId(context.FsGroup, path.Child("fsGroup"), errors);
        CheckId(context.RunAsUser, path.Child("runAsUser"), errors);
        CheckId(context.RunAsGroup, path.Child("runAsGroup"), errors);
        for (var i = 0; i < context.SupplementalGroups.Count; i++)
        {
            CheckId(context.SupplementalGroups[i], path.Child("supplementalGroups").Index(i), errors);
        }

        errors.CheckOptionalOneOf(path.Child("fsGroupChangePolicy"), context.FsGroupChangePolicy, "Always", "OnRootMismatch");
        errors.CheckOptionalOneOf(path.Child("supplementalGroupsPolicy"), context.SupplementalGroupsPolicy, "Merge", "Strict");
        errors.CheckOptionalOneOf(path.Child("seLinuxChangePolicy"), context.SeLinuxChangePolicy, "MountOption", "Recursive");
        CheckSeccomp(context.SeccompProfile, path.Child("seccompProfile"), errors);
        CheckAppArmor(context.AppArmorProfile, path.Child("appArmorProfile"), errors);
        CheckSysctls(context.Sysctls, spec, path.Child("sysctls"), errors);
    }

    private static void CheckSysctls(ApiList<Sysctl> sysctls, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var i = 0; i < sysctls.Count; i++)
        {
            var name = sysctls[i].Name.Replace('/', '.');
            var at = path.Index(i).Child("name");
            if (name.Length == 0)
            {
                errors.Required(at);
            }
            else if (!IsSysctl(name))
            {
                errors.Invalid(at, sysctls[i].Name, "must have at most 253 characters and consist of lower case alphanumeric characters, '-', '_' and '.'");
            }
            else if (!names.Add(name))
            {
                errors.Duplicate(at, sysctls[i].Name);
            }

            CheckSysctlNamespace(sysctls[i].Name, spec, at, errors);
        }
    }

    private static void CheckSysctlNamespace(string name, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var isNetwork = name.StartsWith("net.", StringComparison.Ordinal) || name.StartsWith("net/", StringComparison.Ordinal);
        var isIpc = name.StartsWith("kernel.shm", StringComparison.Ordinal) || name.StartsWith("kernel.msg", StringComparison.Ordinal)
            || name == "kernel.sem" || name.StartsWith("fs.mqueue.", StringComparison.Ordinal);
        if (spec.HostNetwork && isNetwork)
        {
            errors.Invalid(path, name, "may not be specified when 'hostNetwork' is true");
        }

        if (spec.HostIPC && isIpc)
        {
            errors.Invalid(path, name, "may not be specified when 'hostIPC' is true");
        }
    }

    private static bool IsSysctl(string name) =>
        name.Length <= NameSyntax.SubdomainMaxLength
        && name.Split('.').All(part => part.Length > 0
            && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
            && part[0] is not ('-' or '_')
            && part[^1] is not ('-' or '_'));
}
