namespace Minke.Api.Core;

/// <summary>A program to run, with its image and surroundings.</summary>
public sealed partial class Container : ApiType
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

/// <summary>A port that a container listens on.</summary>
public sealed partial class ContainerPort : ApiType
{
    /// <summary>A name for the port, unique within the pod.</summary>
    [Field(1)] public partial string Name { get; set; }

    /// <summary>The port of the node that leads to it.</summary>
    [Field(2)] public partial int HostPort { get; set; }

    /// <summary>The port's number within the pod.</summary>
    [Field(3, Name = "containerPort"), Required]
    public partial int Port { get; set; }

    /// <summary>TCP, UDP or SCTP.</summary>
    [Field(4), KeyDefault("TCP")]
    public partial string Protocol { get; set; }

    /// <summary>The address of the node on which hostPort is opened.</summary>
    [Field(5)] public partial string HostIP { get; set; }
}

/// <summary>What a change of one resource does to the container.</summary>
public sealed partial class ContainerResizePolicy : ApiType
{
    /// <summary>The resource.</summary>
    [Field(1), Required]
    public partial string ResourceName { get; set; }

    /// <summary>NotRequired or RestartContainer.</summary>
    [Field(2), Required]
    public partial string RestartPolicy { get; set; }
}

/// <summary>What to do when a container ends in a certain way.</summary>
public sealed partial class ContainerRestartRule : ApiType
{
    /// <summary>What to do, for example Restart.</summary>
    [Field(1)] public partial string Action { get; set; }

    /// <summary>The exit codes that the rule is for.</summary>
    [Field(2)] public partial ContainerRestartRuleOnExitCodes? ExitCodes { get; set; }
}

/// <summary>A set of exit codes.</summary>
public sealed partial class ContainerRestartRuleOnExitCodes : ApiType
{
    /// <summary>In or NotIn.</summary>
    [Field(1)] public partial string Operator { get; set; }

    /// <summary>The exit codes.</summary>
    [Field(2), ListSet]
    public partial ApiList<int> Values { get; set; }
}

/// <summary>Where a volume is mounted in a container.</summary>
public sealed partial class VolumeMount : ApiType
{
    /// <summary>The volume's name.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(2)] public partial bool ReadOnly { get; set; }

    /// <summary>Whether mounts below are read-only as well: Disabled, IfPossible or Enabled.</summary>
    [Field(7)] public partial string? RecursiveReadOnly { get; set; }

    /// <summary>Where in the container it is mounted.</summary>
    [Field(3), Required]
    public partial string MountPath { get; set; }

    /// <summary>The part of the volume that is mounted.</summary>
    [Field(4)] public partial string SubPath { get; set; }

    /// <summary>Whether mounts made later pass between node and container: None, HostToContainer or Bidirectional.</summary>
    [Field(5)] public partial string? MountPropagation { get; set; }

    /// <summary>Like subPath, with environment variables expanded.</summary>
    [Field(6)] public partial string SubPathExpr { get; set; }
}

/// <summary>Where a block device appears in a container.</summary>
public sealed partial class VolumeDevice : ApiType
{
    /// <summary>The volume's name.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>The path of the device in the container.</summary>
    [Field(2), Required]
    public partial string DevicePath { get; set; }
}
