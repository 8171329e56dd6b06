namespace Minke.Api.Core;

/// <summary>What was last seen of a node.</summary>
public sealed partial class NodeStatus : ApiType
{
    /// <summary>The resources that the machine has.</summary>
    [Field(1)] public partial ApiMap<Quantity> Capacity { get; set; }

    /// <summary>The resources that pods may use.</summary>
    [Field(2)] public partial ApiMap<Quantity> Allocatable { get; set; }

    /// <summary>No longer used.</summary>
    [Field(3)] public partial string Phase { get; set; }

    /// <summary>What holds for the node, such as being ready.</summary>
    [Field(4), ListMap("type"), PatchMerge("type")]
    public partial ApiList<NodeCondition> Conditions { get; set; }

    /// <summary>Where the node can be reached.</summary>
    [Field(5), ListMap("type"), PatchMerge("type")]
    public partial ApiList<NodeAddress> Addresses { get; set; }

    /// <summary>The ports of its daemons.</summary>
    [Field(6)] public partial NodeDaemonEndpoints DaemonEndpoints { get; set; }

    /// <summary>What machine it is and what runs on it.</summary>
    [Field(7)] public partial NodeSystemInfo NodeInfo { get; set; }

    /// <summary>Images that are on the node.</summary>
    [Field(8)] public partial ApiList<ContainerImage> Images { get; set; }

    /// <summary>Attached volumes that pods use.</summary>
    [Field(9)] public partial ApiList<string> VolumesInUse { get; set; }

    /// <summary>Volumes that are attached.</summary>
    [Field(10)] public partial ApiList<AttachedVolume> VolumesAttached { get; set; }

    /// <summary>The state of its configuration; no longer supported.</summary>
    [Field(11)] public partial NodeConfigStatus? Config { get; set; }

    /// <summary>The ways in which it can run containers.</summary>
    [Field(12)] public partial ApiList<NodeRuntimeHandler> RuntimeHandlers { get; set; }

    /// <summary>What it can do.</summary>
    [Field(13)] public partial NodeFeatures? Features { get; set; }

    /// <summary>Features of Kubernetes that it says it has.</summary>
    [Field(14)] public partial ApiList<string> DeclaredFeatures { get; set; }
}

/// <summary>One thing that holds, or does not hold, for a node.</summary>
public sealed partial class NodeCondition : ApiType
{
    /// <summary>What the condition is about, for example Ready.</summary>
    [Field(1), Required]
    public partial string Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2), Required]
    public partial string Status { get; set; }

    /// <summary>When the node last said so.</summary>
    [Field(3, WriteEmpty = true)]
    public partial DateTimeOffset? LastHeartbeatTime { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field(4, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5)] public partial string Reason { get; set; }

    /// <summary>Why it is so, for people.</summary>
    [Field(6)] public partial string Message { get; set; }
}

/// <summary>An address of a node.</summary>
public sealed partial class NodeAddress : ApiType
{
    /// <summary>Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.</summary>
    [Field(1), Required]
    public partial string Type { get; set; }

    /// <summary>The address.</summary>
    [Field(2), Required]
    public partial string Address { get; set; }
}

/// <summary>The ports of a node's daemons.</summary>
public sealed partial class NodeDaemonEndpoints : ApiType
{
    /// <summary>The port of the node agent.</summary>
    [Field(1)] public partial DaemonEndpoint KubeletEndpoint { get; set; }
}

/// <summary>A port of a daemon.</summary>
public sealed partial class DaemonEndpoint : ApiType
{
    /// <summary>The port's number.</summary>
    [Field(1, Name = "Port"), Required]
    public partial int Port { get; set; }
}

/// <summary>What machine a node is and what runs on it.</summary>
public sealed partial class NodeSystemInfo : ApiType
{
    /// <summary>The machine's id, from /etc/machine-id.</summary>
    [Field(1), Required]
    public partial string MachineID { get; set; }

    /// <summary>The id that the hardware tells.</summary>
    [Field(2), Required]
    public partial string SystemUUID { get; set; }

    /// <summary>The id of this boot.</summary>
    [Field(3), Required]
    public partial string BootID { get; set; }

    /// <summary>The kernel's version.</summary>
    [Field(4), Required]
    public partial string KernelVersion { get; set; }

    /// <summary>The name of the operating system.</summary>
    [Field(5), Required]
    public partial string OsImage { get; set; }

    /// <summary>The container runtime and its version.</summary>
    [Field(6), Required]
    public partial string ContainerRuntimeVersion { get; set; }

    /// <summary>The version of the node agent.</summary>
    [Field(7), Required]
    public partial string KubeletVersion { get; set; }

    /// <summary>No longer used.</summary>
    [Field(8), Required]
    public partial string KubeProxyVersion { get; set; }

    /// <summary>The kind of operating system, for example linux.</summary>
    [Field(9), Required]
    public partial string OperatingSystem { get; set; }

    /// <summary>The kind of processor, for example amd64.</summary>
    [Field(10), Required]
    public partial string Architecture { get; set; }

    /// <summary>The swap space.</summary>
    [Field(11)] public partial NodeSwapStatus? Swap { get; set; }
}

/// <summary>A node's swap space.</summary>
public sealed partial class NodeSwapStatus : ApiType
{
    /// <summary>How much there is, in bytes.</summary>
    [Field(1)] public partial long? Capacity { get; set; }
}

/// <summary>An image that is on a node.</summary>
public sealed partial class ContainerImage : ApiType
{
    /// <summary>Its names.</summary>
    [Field(1), Required]
    public partial ApiList<string> Names { get; set; }

    /// <summary>Its size in bytes.</summary>
    [Field(2)] public partial long SizeBytes { get; set; }
}

/// <summary>A volume that is attached to a node.</summary>
public sealed partial class AttachedVolume : ApiType
{
    /// <summary>The volume.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>The path of its device.</summary>
    [Field(2), Required]
    public partial string DevicePath { get; set; }
}

/// <summary>The state of a node's configuration; no longer supported.</summary>
public sealed partial class NodeConfigStatus : ApiType
{
    /// <summary>The configuration that it should use.</summary>
    [Field(1)] public partial NodeConfigSource? Assigned { get; set; }

    /// <summary>The configuration that it uses.</summary>
    [Field(2)] public partial NodeConfigSource? Active { get; set; }

    /// <summary>The configuration that it falls back to.</summary>
    [Field(3)] public partial NodeConfigSource? LastKnownGood { get; set; }

    /// <summary>What is wrong with the assigned one.</summary>
    [Field(4)] public partial string Error { get; set; }
}

/// <summary>A way in which a node can run containers.</summary>
public sealed partial class NodeRuntimeHandler : ApiType
{
    /// <summary>Its name; empty for the usual one.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>What it can do.</summary>
    [Field(2)] public partial NodeRuntimeHandlerFeatures? Features { get; set; }
}

/// <summary>What a runtime handler can do.</summary>
public sealed partial class NodeRuntimeHandlerFeatures : ApiType
{
    /// <summary>Make mounts below a mount read-only.</summary>
    [Field(1)] public partial bool? RecursiveReadOnlyMounts { get; set; }

    /// <summary>Give pods user namespaces of their own.</summary>
    [Field(2)] public partial bool? UserNamespaces { get; set; }
}

/// <summary>What a node can do.</summary>
public sealed partial class NodeFeatures : ApiType
{
    /// <summary>Follow a pod's supplementalGroupsPolicy.</summary>
    [Field(1)] public partial bool? SupplementalGroupsPolicy { get; set; }
}
