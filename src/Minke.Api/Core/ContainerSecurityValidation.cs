namespace Minke.Api.Core;

/// <summary>Checks the security context of a container.</summary>
internal static class ContainerSecurityValidation
{
    private static readonly string[] s_adminNames = ["CAP_SYS_ADMIN", "SYS_ADMIN"];

    public static void Validate(SecurityContext? context, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (context is null)
        {
            return;
        }

        PodSecurityValidation.CheckId(context.RunAsUser, path.Child("runAsUser"), errors);
        PodSecurityValidation.CheckId(context.RunAsGroup, path.Child("runAsGroup"), errors);
        PodSecurityValidation.CheckSeccomp(context.SeccompProfile, path.Child("seccompProfile"), errors);
        PodSecurityValidation.CheckAppArmor(context.AppArmorProfile, path.Child("appArmorProfile"), errors);
        errors.CheckOptionalOneOf(path.Child("procMount"), context.ProcMount, "Default", "Unmasked");
        if (context.ProcMount == "Unmasked" && spec.HostUsers != false)
        {
            errors.Invalid(path.Child("procMount"), context.ProcMount, "`hostUsers` must be false to use `Unmasked`");
        }

        CheckEscalation(context, path, errors);
    }

    private static void CheckEscalation(SecurityContext context, FieldPath path, FieldErrors errors)
    {
        if (context.AllowPrivilegeEscalation != false)
        {
            return;
        }

        const string Field = "allowPrivilegeEscalation";
        if (context.Privileged == true)
        {
            errors.Invalid(path.Child(Field), false, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }

        if (context.Capabilities?.Add.Any(capability => s_adminNames.Contains(capability)) == true)
        {
            errors.Invalid(path.Child(Field), false, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        }
    }
}
