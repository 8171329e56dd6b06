namespace Minke.Api.Core;

public sealed partial class SecurityContext : ApiType
{
    [Field(1)] public partial Capabilities? Capabilities { get; set; }

    [Field(2)] public partial bool? Privileged { get; set; }

    [Field(3)] public partial SELinuxOptions? SeLinuxOptions { get; set; }

    [Field(10)] public partial WindowsSecurityContextOptions? WindowsOptions { get; set; }

    [Field(4)] public partial long? RunAsUser { get; set; }

    [Field(8)] public partial long? RunAsGroup { get; set; }

    [Field(5)] public partial bool? RunAsNonRoot { get; set; }

    [Field(6)] public partial bool? ReadOnlyRootFilesystem { get; set; }

    [Field(7)] public partial bool? AllowPrivilegeEscalation { get; set; }

    [Field(9)] public partial string? ProcMount { get; set; }

    [Field(11)] public partial SeccompProfile? SeccompProfile { get; set; }

    [Field(12)] public partial AppArmorProfile? AppArmorProfile { get; set; }
}

public sealed partial class PodSecurityContext : ApiType
{
    [Field(1)] public partial SELinuxOptions? SeLinuxOptions { get; set; }

    [Field(8)] public partial WindowsSecurityContextOptions? WindowsOptions { get; set; }

    [Field(2)] public partial long? RunAsUser { get; set; }

    [Field(6)] public partial long? RunAsGroup { get; set; }

    [Field(3)] public partial bool? RunAsNonRoot { get; set; }

    [Field(4)] public partial ApiList<long> SupplementalGroups { get; set; }

    [Field(12)] public partial string? SupplementalGroupsPolicy { get; set; }

    [Field(5)] public partial long? FsGroup { get; set; }

    [Field(7)] public partial ApiList<Sysctl> Sysctls { get; set; }

    [Field(9)] public partial string? FsGroupChangePolicy { get; set; }

    [Field(10)] public partial SeccompProfile? SeccompProfile { get; set; }

    [Field(11)] public partial AppArmorProfile? AppArmorProfile { get; set; }

    [Field(13)] public partial string? SeLinuxChangePolicy { get; set; }
}

public sealed partial class Capabilities : ApiType
{
    [Field(1)] public partial ApiList<string> Add { get; set; }

    [Field(2)] public partial ApiList<string> Drop { get; set; }
}

public sealed partial class SELinuxOptions : ApiType
{
    [Field(1)] public partial string User { get; set; }

    [Field(2)] public partial string Role { get; set; }

    [Field(3)] public partial string Type { get; set; }

    [Field(4)] public partial string Level { get; set; }
}

public sealed partial class WindowsSecurityContextOptions : ApiType
{
    [Field(1)] public partial string? GmsaCredentialSpecName { get; set; }

    [Field(2)] public partial string? GmsaCredentialSpec { get; set; }

    [Field(3)] public partial string? RunAsUserName { get; set; }

    [Field(4)] public partial bool? HostProcess { get; set; }
}

public sealed partial class SeccompProfile : ApiType
{
    [Field(1), Required]
    public partial string Type { get; set; }

    [Field(2)] public partial string? LocalhostProfile { get; set; }
}

public sealed partial class AppArmorProfile : ApiType
{
    [Field(1), Required]
    public partial string Type { get; set; }

    [Field(2)] public partial string? LocalhostProfile { get; set; }
}

public sealed partial class Sysctl : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2), Required]
    public partial string Value { get; set; }
}
