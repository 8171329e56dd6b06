namespace Minke.Api.Core;

/// <summary>Security settings of a container.</summary>
public sealed partial class SecurityContext : ApiType
{
    /// <summary>Linux capabilities to add and to drop.</summary>
    [Field(1)] public partial Capabilities? Capabilities { get; set; }

    /// <summary>Run with the rights of the node's root.</summary>
    [Field(2)] public partial bool? Privileged { get; set; }

    /// <summary>The SELinux label.</summary>
    [Field(3)] public partial SELinuxOptions? SeLinuxOptions { get; set; }

    /// <summary>Settings for Windows containers.</summary>
    [Field(10)] public partial WindowsSecurityContextOptions? WindowsOptions { get; set; }

    /// <summary>The user id to run as.</summary>
    [Field(4)] public partial long? RunAsUser { get; set; }

    /// <summary>The group id to run as.</summary>
    [Field(8)] public partial long? RunAsGroup { get; set; }

    /// <summary>Refuse to run as root.</summary>
    [Field(5)] public partial bool? RunAsNonRoot { get; set; }

    /// <summary>Mount the image read-only.</summary>
    [Field(6)] public partial bool? ReadOnlyRootFilesystem { get; set; }

    /// <summary>Whether a process may gain more rights than its parent has.</summary>
    [Field(7)] public partial bool? AllowPrivilegeEscalation { get; set; }

    /// <summary>How /proc is mounted: Default or Unmasked.</summary>
    [Field(9)] public partial string? ProcMount { get; set; }

    /// <summary>Which system calls are allowed.</summary>
    [Field(11)] public partial SeccompProfile? SeccompProfile { get; set; }

    /// <summary>The AppArmor profile.</summary>
    [Field(12)] public partial AppArmorProfile? AppArmorProfile { get; set; }
}

/// <summary>Security settings for all containers of a pod.</summary>
public sealed partial class PodSecurityContext : ApiType
{
    /// <summary>The SELinux label.</summary>
    [Field(1)] public partial SELinuxOptions? SeLinuxOptions { get; set; }

    /// <summary>Settings for Windows containers.</summary>
    [Field(8)] public partial WindowsSecurityContextOptions? WindowsOptions { get; set; }

    /// <summary>The user id to run as.</summary>
    [Field(2)] public partial long? RunAsUser { get; set; }

    /// <summary>The group id to run as.</summary>
    [Field(6)] public partial long? RunAsGroup { get; set; }

    /// <summary>Refuse to run as root.</summary>
    [Field(3)] public partial bool? RunAsNonRoot { get; set; }

    /// <summary>More groups of the first process.</summary>
    [Field(4)] public partial ApiList<long> SupplementalGroups { get; set; }

    /// <summary>Whether the image's own groups count too: Merge or Strict.</summary>
    [Field(12)] public partial string? SupplementalGroupsPolicy { get; set; }

    /// <summary>The group that owns the volumes.</summary>
    [Field(5)] public partial long? FsGroup { get; set; }

    /// <summary>Kernel parameters of the pod's namespaces.</summary>
    [Field(7)] public partial ApiList<Sysctl> Sysctls { get; set; }

    /// <summary>When ownership of a volume is changed: OnRootMismatch or Always.</summary>
    [Field(9)] public partial string? FsGroupChangePolicy { get; set; }

    /// <summary>Which system calls are allowed.</summary>
    [Field(10)] public partial SeccompProfile? SeccompProfile { get; set; }

    /// <summary>The AppArmor profile.</summary>
    [Field(11)] public partial AppArmorProfile? AppArmorProfile { get; set; }

    /// <summary>How volumes get their SELinux label: MountOption or Recursive.</summary>
    [Field(13)] public partial string? SeLinuxChangePolicy { get; set; }
}

/// <summary>Linux capabilities.</summary>
public sealed partial class Capabilities : ApiType
{
    /// <summary>Capabilities to add.</summary>
    [Field(1)] public partial ApiList<string> Add { get; set; }

    /// <summary>Capabilities to drop.</summary>
    [Field(2)] public partial ApiList<string> Drop { get; set; }
}

/// <summary>An SELinux label.</summary>
public sealed partial class SELinuxOptions : ApiType
{
    /// <summary>The user part.</summary>
    [Field(1)] public partial string User { get; set; }

    /// <summary>The role part.</summary>
    [Field(2)] public partial string Role { get; set; }

    /// <summary>The type part.</summary>
    [Field(3)] public partial string Type { get; set; }

    /// <summary>The level part.</summary>
    [Field(4)] public partial string Level { get; set; }
}

/// <summary>Security settings of Windows containers.</summary>
public sealed partial class WindowsSecurityContextOptions : ApiType
{
    /// <summary>The name of the group managed account to use.</summary>
    [Field(1)] public partial string? GmsaCredentialSpecName { get; set; }

    /// <summary>The group managed account itself.</summary>
    [Field(2)] public partial string? GmsaCredentialSpec { get; set; }

    /// <summary>The user to run as.</summary>
    [Field(3)] public partial string? RunAsUserName { get; set; }

    /// <summary>Run on the node itself.</summary>
    [Field(4)] public partial bool? HostProcess { get; set; }
}

/// <summary>Which system calls are allowed.</summary>
public sealed partial class SeccompProfile : ApiType
{
    /// <summary>RuntimeDefault, Localhost or Unconfined.</summary>
    [Field(1), Required]
    public partial string Type { get; set; }

    /// <summary>The file on the node, for type Localhost.</summary>
    [Field(2)] public partial string? LocalhostProfile { get; set; }
}

/// <summary>An AppArmor profile.</summary>
public sealed partial class AppArmorProfile : ApiType
{
    /// <summary>RuntimeDefault, Localhost or Unconfined.</summary>
    [Field(1), Required]
    public partial string Type { get; set; }

    /// <summary>The profile loaded on the node, for type Localhost.</summary>
    [Field(2)] public partial string? LocalhostProfile { get; set; }
}

/// <summary>A kernel parameter.</summary>
public sealed partial class Sysctl : ApiType
{
    /// <summary>The parameter.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>Its value.</summary>
    [Field(2), Required]
    public partial string Value { get; set; }
}
