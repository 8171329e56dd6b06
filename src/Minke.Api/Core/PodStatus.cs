namespace Minke.Api.Core;

/// <summary>What was last seen of a pod.</summary>
public sealed partial class PodStatus : ApiType
{
    /// <summary>The generation of the spec that the status is about.</summary>
    [Field(17)] public partial long ObservedGeneration { get; set; }

    /// <summary>Where the pod is in its life: Pending, Running, Succeeded, Failed or Unknown.</summary>
    [Field(1)] public partial string Phase { get; set; }

    /// <summary>What holds for the pod, such as being ready.</summary>
    [Field(2), ListMap("type"), PatchMerge("type")]
    public partial ApiList<PodCondition> Conditions { get; set; }

    /// <summary>Why the pod is in this state, for people.</summary>
    [Field(3)] public partial string Message { get; set; }

    /// <summary>Why the pod is in this state, in one word.</summary>
    [Field(4)] public partial string Reason { get; set; }

    /// <summary>The node on which lower pods are being displaced for this one.</summary>
    [Field(11)] public partial string NominatedNodeName { get; set; }

    /// <summary>The address of the node.</summary>
    [Field(5)] public partial string HostIP { get; set; }

    /// <summary>All addresses of the node.</summary>
    [Field(16), PatchMerge("ip")]
    public partial ApiList<HostIP> HostIPs { get; set; }

    /// <summary>The address of the pod.</summary>
    [Field(6)] public partial string PodIP { get; set; }

    /// <summary>All addresses of the pod, at most one of each family.</summary>
    [Field(12), ListMap("ip"), PatchMerge("ip")]
    public partial ApiList<PodIP> PodIPs { get; set; }

    /// <summary>When the node took the pod up.</summary>
    [Field(7)] public partial DateTimeOffset? StartTime { get; set; }

    /// <summary>The state of each init container.</summary>
    [Field(10)] public partial ApiList<ContainerStatus> InitContainerStatuses { get; set; }

    /// <summary>The state of each container.</summary>
    [Field(8)] public partial ApiList<ContainerStatus> ContainerStatuses { get; set; }

    /// <summary>How the pod's resources are guarded: Guaranteed, Burstable or BestEffort.</summary>
    [Field(9)] public partial string QosClass { get; set; }

    /// <summary>The state of each ephemeral container.</summary>
    [Field(13)] public partial ApiList<ContainerStatus> EphemeralContainerStatuses { get; set; }

    /// <summary>Where a change of the containers' resources stands.</summary>
    [Field(14)] public partial string Resize { get; set; }

    /// <summary>The claims that were made for the pod.</summary>
    [Field(15), ListMap("name"), PatchMerge("name", RetainKeys = true)]
    public partial ApiList<PodResourceClaimStatus> ResourceClaimStatuses { get; set; }

    /// <summary>The claim that backs extended resources of the pod.</summary>
    [Field(18)] public partial PodExtendedResourceClaimStatus? ExtendedResourceClaimStatus { get; set; }

    /// <summary>Resources set aside for the pod.</summary>
    [Field(19)] public partial ApiMap<Quantity> AllocatedResources { get; set; }

    /// <summary>Resources that are in force for the pod as a whole.</summary>
    [Field(20)] public partial ResourceRequirements? Resources { get; set; }
}

/// <summary>One thing that holds, or does not hold, for a pod.</summary>
public sealed partial class PodCondition : ApiType
{
    /// <summary>What the condition is about, for example Ready.</summary>
    [Field(1), Required]
    public partial string Type { get; set; }

    /// <summary>The generation of the spec that the condition is about.</summary>
    [Field(7)] public partial long ObservedGeneration { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2), Required]
    public partial string Status { get; set; }

    /// <summary>When the condition was last checked.</summary>
    [Field(3, WriteEmpty = true)]
    public partial DateTimeOffset? LastProbeTime { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field(4, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5)] public partial string Reason { get; set; }

    /// <summary>Why it is so, for people.</summary>
    [Field(6)] public partial string Message { get; set; }
}

/// <summary>An address of a node.</summary>
public sealed partial class HostIP : ApiType
{
    /// <summary>The address.</summary>
    [Field(1), Required]
    public partial string Ip { get; set; }
}

/// <summary>An address of a pod.</summary>
public sealed partial class PodIP : ApiType
{
    /// <summary>The address.</summary>
    [Field(1), Required]
    public partial string Ip { get; set; }
}

/// <summary>A claim made for a pod.</summary>
public sealed partial class PodResourceClaimStatus : ApiType
{
    /// <summary>The claim's name within the pod's spec.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>The claim that was made.</summary>
    [Field(2)] public partial string? ResourceClaimName { get; set; }
}

/// <summary>The claim that backs extended resources of a pod.</summary>
public sealed partial class PodExtendedResourceClaimStatus : ApiType
{
    /// <summary>Which request of the claim backs which resource of which container.</summary>
    [Field(1), Required]
    public partial ApiList<ContainerExtendedResourceRequest> RequestMappings { get; set; }

    /// <summary>The claim.</summary>
    [Field(2), Required]
    public partial string ResourceClaimName { get; set; }
}

/// <summary>Which request of a claim backs a container's resource.</summary>
public sealed partial class ContainerExtendedResourceRequest : ApiType
{
    /// <summary>The container.</summary>
    [Field(1), Required]
    public partial string ContainerName { get; set; }

    /// <summary>The extended resource.</summary>
    [Field(2), Required]
    public partial string ResourceName { get; set; }

    /// <summary>The request within the claim.</summary>
    [Field(3), Required]
    public partial string RequestName { get; set; }
}
