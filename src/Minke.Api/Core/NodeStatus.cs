namespace Minke.Api.Core;

public sealed partial class NodeStatus : ApiType
{
    [Field(1)] public partial ApiMap<Quantity> Capacity { get; set; }

    [Field(2)] public partial ApiMap<Quantity> Allocatable { get; set; }

    [Field(3)] public partial string Phase { get; set; }

    [Field(4), ListMap("type"), PatchMerge("type")]
    public partial ApiList<NodeCondition> Conditions { get; set; }

    [Field(5), ListMap("type"), PatchMerge("type")]
    public partial ApiList<NodeAddress> Addresses { get; set; }

    [Field(6)] public partial NodeDaemonEndpoints DaemonEndpoints { get; set; }

    [Field(7)] public partial NodeSystemInfo NodeInfo { get; set; }

    [Field(8)] public partial ApiList<ContainerImage> Images { get; set; }

    [Field(9)] public partial ApiList<string> VolumesInUse { get; set; }

    [Field(10)] public partial ApiList<AttachedVolume> VolumesAttached { get; set; }

    [Field(11)] public partial NodeConfigStatus? Config { get; set; }

    [Field(12)] public partial ApiList<NodeRuntimeHandler> RuntimeHandlers { get; set; }

    [Field(13)] public partial NodeFeatures? Features { get; set; }

    [Field(14)] public partial ApiList<string> DeclaredFeatures { get; set; }
}

public sealed partial class NodeCondition : ApiType
{
    [Field(1), Required]
    public partial string Type { get; set; }

    [Field(2), Required]
    public partial string Status { get; set; }

    [Field(3, WriteEmpty = true)]
    public partial DateTimeOffset? LastHeartbeatTime { get; set; }

    [Field(4, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    [Field(5)] public partial string Reason { get; set; }

    [Field(6)] public partial string Message { get; set; }
}

public sealed partial class NodeAddress : ApiType
{
    [Field(1), Required]
    public partial string Type { get; set; }

    [Field(2), Required]
    public partial string Address { get; set; }
}

public sealed partial class NodeDaemonEndpoints : ApiType
{
    [Field(1)] public partial DaemonEndpoint KubeletEndpoint { get; set; }
}

public sealed partial class DaemonEndpoint : ApiType
{
    [Field(1), Required]
    public partial int Port { get; set; }
}

public sealed partial class NodeSystemInfo : ApiType
{
    [Field(1), Required]
    public partial string MachineID { get; set; }

    [Field(2), Required]
    public partial string SystemUUID { get; set; }

    [Field(3), Required]
    public partial string BootID { get; set; }

    [Field(4), Required]
    public partial string KernelVersion { get; set; }

    [Field(5), Required]
    public partial string OsImage { get; set; }

    [Field(6), Required]
    public partial string ContainerRuntimeVersion { get; set; }

    [Field(7), Required]
    public partial string KubeletVersion { get; set; }

    [Field(8), Required]
    public partial string KubeProxyVersion { get; set; }

    [Field(9), Required]
    public partial string OperatingSystem { get; set; }

    [Field(10), Required]
    public partial string Architecture { get; set; }

    [Field(11)] public partial NodeSwapStatus? Swap { get; set; }
}

public sealed partial class NodeSwapStatus : ApiType
{
    [Field(1)] public partial long? Capacity { get; set; }
}

public sealed partial class ContainerImage : ApiType
{
    [Field(1), Required]
    public partial ApiList<string> Names { get; set; }

    [Field(2)] public partial long SizeBytes { get; set; }
}

public sealed partial class AttachedVolume : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2), Required]
    public partial string DevicePath { get; set; }
}

public sealed partial class NodeConfigStatus : ApiType
{
    [Field(1)] public partial NodeConfigSource? Assigned { get; set; }

    [Field(2)] public partial NodeConfigSource? Active { get; set; }

    [Field(3)] public partial NodeConfigSource? LastKnownGood { get; set; }

    [Field(4)] public partial string Error { get; set; }
}

public sealed partial class NodeRuntimeHandler : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2)] public partial NodeRuntimeHandlerFeatures? Features { get; set; }
}

public sealed partial class NodeRuntimeHandlerFeatures : ApiType
{
    [Field(1)] public partial bool? RecursiveReadOnlyMounts { get; set; }

    [Field(2)] public partial bool? UserNamespaces { get; set; }
}

public sealed partial class NodeFeatures : ApiType
{
    [Field(1)] public partial bool? SupplementalGroupsPolicy { get; set; }
}
