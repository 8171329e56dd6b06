namespace Minke.Api.Core;

public sealed partial class ContainerStatus : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2)] public partial ContainerState State { get; set; }

    [Field(3)] public partial ContainerState LastState { get; set; }

    [Field(4), Required]
    public partial bool Ready { get; set; }

    [Field(5), Required]
    public partial int RestartCount { get; set; }

    [Field(6), Required]
    public partial string Image { get; set; }

    [Field(7), Required]
    public partial string ImageID { get; set; }

    [Field(8)] public partial string ContainerID { get; set; }

    [Field(9)] public partial bool? Started { get; set; }

    [Field(10)] public partial ApiMap<Quantity> AllocatedResources { get; set; }

    [Field(11)] public partial ResourceRequirements? Resources { get; set; }

    [Field(12), ListMap("mountPath"), PatchMerge("mountPath")]
    public partial ApiList<VolumeMountStatus> VolumeMounts { get; set; }

    [Field(13)] public partial ContainerUser? User { get; set; }

    [Field(14), ListMap("name"), PatchMerge("name")]
    public partial ApiList<ResourceStatus> AllocatedResourcesStatus { get; set; }

    [Field(15)] public partial string? StopSignal { get; set; }
}

public sealed partial class ContainerState : ApiType
{
    [Field(1)] public partial ContainerStateWaiting? Waiting { get; set; }

    [Field(2)] public partial ContainerStateRunning? Running { get; set; }

    [Field(3)] public partial ContainerStateTerminated? Terminated { get; set; }
}

public sealed partial class ContainerStateWaiting : ApiType
{
    [Field(1)] public partial string Reason { get; set; }

    [Field(2)] public partial string Message { get; set; }
}

public sealed partial class ContainerStateRunning : ApiType
{
    [Field(1, WriteEmpty = true)]
    public partial DateTimeOffset? StartedAt { get; set; }
}

public sealed partial class ContainerStateTerminated : ApiType
{
    [Field(1), Required]
    public partial int ExitCode { get; set; }

    [Field(2)] public partial int Signal { get; set; }

    [Field(3)] public partial string Reason { get; set; }

    [Field(4)] public partial string Message { get; set; }

    [Field(5, WriteEmpty = true)]
    public partial DateTimeOffset? StartedAt { get; set; }

    [Field(6, WriteEmpty = true)]
    public partial DateTimeOffset? FinishedAt { get; set; }

    [Field(7)] public partial string ContainerID { get; set; }
}

public sealed partial class VolumeMountStatus : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2), Required]
    public partial string MountPath { get; set; }

    [Field(3)] public partial bool ReadOnly { get; set; }

    [Field(4)] public partial string? RecursiveReadOnly { get; set; }
}

public sealed partial class ContainerUser : ApiType
{
    [Field(1)] public partial LinuxContainerUser? Linux { get; set; }
}

public sealed partial class LinuxContainerUser : ApiType
{
    [Field(1), Required]
    public partial long Uid { get; set; }

    [Field(2), Required]
    public partial long Gid { get; set; }

    [Field(3)] public partial ApiList<long> SupplementalGroups { get; set; }
}

public sealed partial class ResourceStatus : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2), ListMap("resourceID")]
    public partial ApiList<ResourceHealth> Resources { get; set; }
}

public sealed partial class ResourceHealth : ApiType
{
    [Field(1), Required]
    public partial string ResourceID { get; set; }

    [Field(2)] public partial string Health { get; set; }
}
