using Minke.Api.Core;

namespace Minke.Node.Containers;

/// <summary>From the security contexts of pod and container to the runtime's (https://kubernetes.io/docs/tasks/configure-pod-container/security-context/).</summary>
public static class SecuritySettings
{
    public static Cri.NamespaceOption Namespaces(PodSpec spec) => new()
    {
        Network = spec.HostNetwork ? Cri.NamespaceMode.Node : Cri.NamespaceMode.Pod,
        Ipc = spec.HostIPC ? Cri.NamespaceMode.Node : Cri.NamespaceMode.Pod,
        Pid = spec.HostPID ? Cri.NamespaceMode.Node : spec.ShareProcessNamespace == true ? Cri.NamespaceMode.Pod : Cri.NamespaceMode.Container,
    };

    public static Cri.LinuxSandboxSecurityContext ForSandbox(PodSpec spec)
    {
        var result = new Cri.LinuxSandboxSecurityContext
        {
            NamespaceOptions = Namespaces(spec),
            Privileged = spec.InitContainers.Concat(spec.Containers).Any(static container => container.SecurityContext?.Privileged == true),
            // The pause process does nothing that the default profile forbids.
            Seccomp = new Cri.SecurityProfile { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        };
        if (spec.SecurityContext is { } context)
        {
            result.RunAsUser = Wrap(context.RunAsUser);
            result.RunAsGroup = context.RunAsUser is null ? null : Wrap(context.RunAsGroup);
            result.SupplementalGroups.AddRange(Groups(context));
            result.SelinuxOptions = SeLinux(context.SeLinuxOptions);
        }

        return result;
    }

    /// <exception cref="PodConfigException">The container must not run as root, but would or might.</exception>
    public static Cri.LinuxContainerSecurityContext ForContainer(PodSpec spec, Container container, Cri.Image image, string seccompDirectory)
    {
        var own = container.SecurityContext;
        var shared = spec.SecurityContext;
        var user = own?.RunAsUser ?? shared?.RunAsUser;
        if (own?.RunAsNonRoot ?? shared?.RunAsNonRoot ?? false)
        {
            VerifyNotRoot(user, image);
        }

        var result = new Cri.LinuxContainerSecurityContext
        {
            NamespaceOptions = Namespaces(spec),
            Privileged = own?.Privileged == true,
            ReadonlyRootfs = own?.ReadOnlyRootFilesystem == true,
            NoNewPrivs = own?.AllowPrivilegeEscalation == false,
            RunAsUser = Wrap(user),
            RunAsGroup = Wrap(own?.RunAsGroup ?? shared?.RunAsGroup),
            SelinuxOptions = SeLinux(own?.SeLinuxOptions ?? shared?.SeLinuxOptions),
            Seccomp = Seccomp(own?.SeccompProfile ?? shared?.SeccompProfile, seccompDirectory),
            Apparmor = AppArmor(own?.AppArmorProfile ?? shared?.AppArmorProfile),
            SupplementalGroupsPolicy = shared?.SupplementalGroupsPolicy == "Strict" ? Cri.SupplementalGroupsPolicy.Strict : Cri.SupplementalGroupsPolicy.Merge,
        };
        if (result is { RunAsGroup: not null, RunAsUser: null })
        {
            // CRI wants a user with a group; the image's is the one that would run.
            result.RunAsUsername = image.Username;
            result.RunAsUser = image.Username.Length > 0 ? null : image.Uid ?? Wrap(0);
        }

        if (shared is not null)
        {
            result.SupplementalGroups.AddRange(Groups(shared));
        }

        if (own?.Capabilities is { } capabilities)
        {
            result.Capabilities = new Cri.Capability();
            result.Capabilities.AddCapabilities.AddRange(capabilities.Add);
            result.Capabilities.DropCapabilities.AddRange(capabilities.Drop);
        }

        return result;
    }

    private static void VerifyNotRoot(long? user, Cri.Image image)
    {
        if (user is 0)
        {
            throw new PodConfigException("container's runAsUser breaks non-root policy");
        }

        if (user is null && image.Username.Length > 0)
        {
            throw new PodConfigException($"container has runAsNonRoot and image has non-numeric user ({image.Username}), cannot verify user is non-root");
        }

        if (user is null && (image.Uid is null || image.Uid.Value == 0))
        {
            throw new PodConfigException("container has runAsNonRoot and image will run as root");
        }
    }

    private static IEnumerable<long> Groups(PodSecurityContext context) =>
        context.FsGroup is { } group ? context.SupplementalGroups.Prepend(group) : context.SupplementalGroups;

    private static Cri.Int64Value? Wrap(long? value) => value is { } number ? new Cri.Int64Value { Value = number } : null;

    private static Cri.SELinuxOption? SeLinux(SELinuxOptions? options) => options is null
        ? null
        : new Cri.SELinuxOption { User = options.User, Role = options.Role, Type = options.Type, Level = options.Level };

    private static Cri.SecurityProfile Seccomp(SeccompProfile? profile, string directory) => profile?.Type switch
    {
        "RuntimeDefault" => new Cri.SecurityProfile { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        "Localhost" => new Cri.SecurityProfile
        {
            ProfileType = Cri.SecurityProfile.Types.ProfileType.Localhost,
            LocalhostRef = Path.Combine(directory, profile.LocalhostProfile ?? ""),
        },
        _ => new Cri.SecurityProfile { ProfileType = Cri.SecurityProfile.Types.ProfileType.Unconfined },
    };

    /// <summary>Null leaves it to the runtime, which applies its default where the kernel has AppArmor.</summary>
    private static Cri.SecurityProfile? AppArmor(AppArmorProfile? profile) => profile?.Type switch
    {
        "Unconfined" => new Cri.SecurityProfile { ProfileType = Cri.SecurityProfile.Types.ProfileType.Unconfined },
        "Localhost" => new Cri.SecurityProfile
        {
            ProfileType = Cri.SecurityProfile.Types.ProfileType.Localhost,
            LocalhostRef = profile.LocalhostProfile ?? "",
        },
        "RuntimeDefault" => new Cri.SecurityProfile { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        _ => null,
    };
}
