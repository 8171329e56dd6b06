namespace Minke.Api.Core;

/// <summary>What was last seen of a container.</summary>
public sealed partial class ContainerStatus : ApiType
{
    /// <summary>The container's name.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>What it does now.</summary>
    [Field(2)] public partial ContainerState State { get; set; }

    /// <summary>How its last run ended.</summary>
    [Field(3)] public partial ContainerState LastState { get; set; }

    /// <summary>Whether it passes its readiness probe.</summary>
    [Field(4), Required]
    public partial bool Ready { get; set; }

    /// <summary>How often it was started again.</summary>
    [Field(5), Required]
    public partial int RestartCount { get; set; }

    /// <summary>The image that runs.</summary>
    [Field(6), Required]
    public partial string Image { get; set; }

    /// <summary>The image's digest.</summary>
    [Field(7), Required]
    public partial string ImageID { get; set; }

    /// <summary>The container's id, with the runtime's name in front.</summary>
    [Field(8)] public partial string ContainerID { get; set; }

    /// <summary>Whether it has passed its startup probe.</summary>
    [Field(9)] public partial bool? Started { get; set; }

    /// <summary>Resources set aside for it.</summary>
    [Field(10)] public partial ApiMap<Quantity> AllocatedResources { get; set; }

    /// <summary>Resources that are in force.</summary>
    [Field(11)] public partial ResourceRequirements? Resources { get; set; }

    /// <summary>The mounts as they were made.</summary>
    [Field(12), ListMap("mountPath"), PatchMerge("mountPath")]
    public partial ApiList<VolumeMountStatus> VolumeMounts { get; set; }

    /// <summary>The user that it was first started as.</summary>
    [Field(13)] public partial ContainerUser? User { get; set; }

    /// <summary>The health of its devices.</summary>
    [Field(14), ListMap("name"), PatchMerge("name")]
    public partial ApiList<ResourceStatus> AllocatedResourcesStatus { get; set; }

    /// <summary>The signal that ends it.</summary>
    [Field(15)] public partial string? StopSignal { get; set; }
}

/// <summary>What a container does; one of its fields is set.</summary>
public sealed partial class ContainerState : ApiType
{
    /// <summary>It does not run yet, or not again yet.</summary>
    [Field(1)] public partial ContainerStateWaiting? Waiting { get; set; }

    /// <summary>It runs.</summary>
    [Field(2)] public partial ContainerStateRunning? Running { get; set; }

    /// <summary>It has ended.</summary>
    [Field(3)] public partial ContainerStateTerminated? Terminated { get; set; }
}

/// <summary>Why a container does not run.</summary>
public sealed partial class ContainerStateWaiting : ApiType
{
    /// <summary>The reason in one word, for example CrashLoopBackOff.</summary>
    [Field(1)] public partial string Reason { get; set; }

    /// <summary>The reason, for people.</summary>
    [Field(2)] public partial string Message { get; set; }
}

/// <summary>A running container.</summary>
public sealed partial class ContainerStateRunning : ApiType
{
    /// <summary>When it started.</summary>
    [Field(1, WriteEmpty = true)]
    public partial DateTimeOffset? StartedAt { get; set; }
}

/// <summary>How a container ended.</summary>
public sealed partial class ContainerStateTerminated : ApiType
{
    /// <summary>Its exit code.</summary>
    [Field(1), Required]
    public partial int ExitCode { get; set; }

    /// <summary>The signal that ended it.</summary>
    [Field(2)] public partial int Signal { get; set; }

    /// <summary>The reason in one word, for example OOMKilled.</summary>
    [Field(3)] public partial string Reason { get; set; }

    /// <summary>Its last message.</summary>
    [Field(4)] public partial string Message { get; set; }

    /// <summary>When it started.</summary>
    [Field(5, WriteEmpty = true)]
    public partial DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    [Field(6, WriteEmpty = true)]
    public partial DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The container's id, with the runtime's name in front.</summary>
    [Field(7)] public partial string ContainerID { get; set; }
}

/// <summary>A mount as it was made.</summary>
public sealed partial class VolumeMountStatus : ApiType
{
    /// <summary>The volume's name.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>Where it is mounted.</summary>
    [Field(2), Required]
    public partial string MountPath { get; set; }

    /// <summary>Whether it is read-only.</summary>
    [Field(3)] public partial bool ReadOnly { get; set; }

    /// <summary>Whether mounts below are read-only as well.</summary>
    [Field(4)] public partial string? RecursiveReadOnly { get; set; }
}

/// <summary>A user on some operating system.</summary>
public sealed partial class ContainerUser : ApiType
{
    /// <summary>The user on Linux.</summary>
    [Field(1)] public partial LinuxContainerUser? Linux { get; set; }
}

/// <summary>A user on Linux.</summary>
public sealed partial class LinuxContainerUser : ApiType
{
    /// <summary>The user's id.</summary>
    [Field(1), Required]
    public partial long Uid { get; set; }

    /// <summary>The id of the first group.</summary>
    [Field(2), Required]
    public partial long Gid { get; set; }

    /// <summary>Ids of the other groups.</summary>
    [Field(3)] public partial ApiList<long> SupplementalGroups { get; set; }
}

/// <summary>The health of one resource of a container.</summary>
public sealed partial class ResourceStatus : ApiType
{
    /// <summary>The resource.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>The health of each of its devices.</summary>
    [Field(2), ListMap("resourceID")]
    public partial ApiList<ResourceHealth> Resources { get; set; }
}

/// <summary>The health of a device.</summary>
public sealed partial class ResourceHealth : ApiType
{
    /// <summary>The device.</summary>
    [Field(1), Required]
    public partial string ResourceID { get; set; }

    /// <summary>Healthy, Unhealthy or Unknown.</summary>
    [Field(2)] public partial string Health { get; set; }
}
