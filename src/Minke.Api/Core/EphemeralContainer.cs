namespace Minke.Api.Core;

/// <summary>A container added for a time to a running pod.</summary>
public sealed partial class EphemeralContainer : ApiType
{
    /// <summary>What ephemeral containers have in common with others.</summary>
    [Inline(1)] public partial EphemeralContainerCommon Common { get; set; }

    /// <summary>The container whose processes it sees.</summary>
    [Field(2)] public partial string TargetContainerName { get; set; }
}

/// <summary>What an ephemeral container has in common with others.</summary>
public sealed partial class EphemeralContainerCommon : ApiType
{
    /// <summary>The container's name, unique within the pod.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>The image to run.</summary>
    [Field(2)] public partial string Image { get; set; }

    /// <summary>The program and first arguments; the image's entrypoint when left out.</summary>
    [Field(3)] public partial ApiList<string> Command { get; set; }

    /// <summary>Arguments of the program; the image's own when left out.</summary>
    [Field(4)] public partial ApiList<string> Args { get; set; }

    /// <summary>The directory in which the program starts.</summary>
    [Field(5)] public partial string WorkingDir { get; set; }

    /// <summary>Ports that the container listens on; for information, and for host ports.</summary>
    [Field(6), ListMap("containerPort", "protocol"), PatchMerge("containerPort")]
    public partial ApiList<ContainerPort> Ports { get; set; }

    /// <summary>Config maps and secrets whose entries become environment variables.</summary>
    [Field(19)] public partial ApiList<EnvFromSource> EnvFrom { get; set; }

    /// <summary>Environment variables.</summary>
    [Field(7), ListMap("name"), PatchMerge("name")]
    public partial ApiList<EnvVar> Env { get; set; }

    /// <summary>How much processor time, memory and other resources the container needs and may use.</summary>
    [Field(8)] public partial ResourceRequirements Resources { get; set; }

    /// <summary>Whether a change of a resource restarts the container.</summary>
    [Field(23)] public partial ApiList<ContainerResizePolicy> ResizePolicy { get; set; }

    /// <summary>When the container is started again, other than the pod says; Always makes an init container a sidecar.</summary>
    [Field(24)] public partial string? RestartPolicy { get; set; }

    /// <summary>Rules by exit code, which go before restartPolicy.</summary>
    [Field(25)] public partial ApiList<ContainerRestartRule> RestartPolicyRules { get; set; }

    /// <summary>Where volumes are mounted.</summary>
    [Field(9), ListMap("mountPath"), PatchMerge("mountPath")]
    public partial ApiList<VolumeMount> VolumeMounts { get; set; }

    /// <summary>Where block devices appear.</summary>
    [Field(21), ListMap("devicePath"), PatchMerge("devicePath")]
    public partial ApiList<VolumeDevice> VolumeDevices { get; set; }

    /// <summary>Checks whether the container is alive; it is restarted when it is not.</summary>
    [Field(10)] public partial Probe? LivenessProbe { get; set; }

    /// <summary>Checks whether the container can serve.</summary>
    [Field(11)] public partial Probe? ReadinessProbe { get; set; }

    /// <summary>Checks whether the container has started; the other probes wait for it.</summary>
    [Field(22)] public partial Probe? StartupProbe { get; set; }

    /// <summary>What to do after the container starts and before it ends.</summary>
    [Field(12)] public partial Lifecycle? Lifecycle { get; set; }

    /// <summary>The file from which the container's last message is read.</summary>
    [Field(13)] public partial string TerminationMessagePath { get; set; }

    /// <summary>Whether the end of the log serves as the message when the file is empty: File or FallbackToLogsOnError.</summary>
    [Field(20)] public partial string TerminationMessagePolicy { get; set; }

    /// <summary>When the image is pulled: Always, IfNotPresent or Never.</summary>
    [Field(14)] public partial string ImagePullPolicy { get; set; }

    /// <summary>Security settings of the container; they go before the pod's.</summary>
    [Field(15)] public partial SecurityContext? SecurityContext { get; set; }

    /// <summary>Keep standard input open.</summary>
    [Field(16)] public partial bool Stdin { get; set; }

    /// <summary>Close standard input after the first client leaves.</summary>
    [Field(17)] public partial bool StdinOnce { get; set; }

    /// <summary>Give the container a terminal.</summary>
    [Field(18)] public partial bool Tty { get; set; }
}
