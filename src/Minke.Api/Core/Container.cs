namespace Minke.Api.Core;

public sealed partial class Container : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2)] public partial string Image { get; set; }

    [Field(3)] public partial ApiList<string> Command { get; set; }

    [Field(4)] public partial ApiList<string> Args { get; set; }

    [Field(5)] public partial string WorkingDir { get; set; }

    [Field(6), ListMap("containerPort", "protocol"), PatchMerge("containerPort")]
    public partial ApiList<ContainerPort> Ports { get; set; }

    [Field(19)] public partial ApiList<EnvFromSource> EnvFrom { get; set; }

    [Field(7), ListMap("name"), PatchMerge("name")]
    public partial ApiList<EnvVar> Env { get; set; }

    [Field(8)] public partial ResourceRequirements Resources { get; set; }

    [Field(23)] public partial ApiList<ContainerResizePolicy> ResizePolicy { get; set; }

    [Field(24)] public partial string? RestartPolicy { get; set; }

    [Field(25)] public partial ApiList<ContainerRestartRule> RestartPolicyRules { get; set; }

    [Field(9), ListMap("mountPath"), PatchMerge("mountPath")]
    public partial ApiList<VolumeMount> VolumeMounts { get; set; }

    [Field(21), ListMap("devicePath"), PatchMerge("devicePath")]
    public partial ApiList<VolumeDevice> VolumeDevices { get; set; }

    [Field(10)] public partial Probe? LivenessProbe { get; set; }

    [Field(11)] public partial Probe? ReadinessProbe { get; set; }

    [Field(22)] public partial Probe? StartupProbe { get; set; }

    [Field(12)] public partial Lifecycle? Lifecycle { get; set; }

    [Field(13)] public partial string TerminationMessagePath { get; set; }

    [Field(20)] public partial string TerminationMessagePolicy { get; set; }

    [Field(14)] public partial string ImagePullPolicy { get; set; }

    [Field(15)] public partial SecurityContext? SecurityContext { get; set; }

    [Field(16)] public partial bool Stdin { get; set; }

    [Field(17)] public partial bool StdinOnce { get; set; }

    [Field(18)] public partial bool Tty { get; set; }
}

public sealed partial class ContainerPort : ApiType
{
    [Field(1)] public partial string Name { get; set; }

    [Field(2)] public partial int HostPort { get; set; }

    [Field(3, Name = "containerPort"), Required]
    public partial int Port { get; set; }

    [Field(4), KeyDefault("TCP")]
    public partial string Protocol { get; set; }

    [Field(5)] public partial string HostIP { get; set; }
}

public sealed partial class ContainerResizePolicy : ApiType
{
    [Field(1), Required]
    public partial string ResourceName { get; set; }

    [Field(2), Required]
    public partial string RestartPolicy { get; set; }
}

public sealed partial class ContainerRestartRule : ApiType
{
    [Field(1)] public partial string Action { get; set; }

    [Field(2)] public partial ContainerRestartRuleOnExitCodes? ExitCodes { get; set; }
}

public sealed partial class ContainerRestartRuleOnExitCodes : ApiType
{
    [Field(1)] public partial string Operator { get; set; }

    [Field(2), ListSet]
    public partial ApiList<int> Values { get; set; }
}

public sealed partial class VolumeMount : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2)] public partial bool ReadOnly { get; set; }

    [Field(7)] public partial string? RecursiveReadOnly { get; set; }

    [Field(3), Required]
    public partial string MountPath { get; set; }

    [Field(4)] public partial string SubPath { get; set; }

    [Field(5)] public partial string? MountPropagation { get; set; }

    [Field(6)] public partial string SubPathExpr { get; set; }
}

public sealed partial class VolumeDevice : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2), Required]
    public partial string DevicePath { get; set; }
}
