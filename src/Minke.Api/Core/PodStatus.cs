namespace Minke.Api.Core;

public sealed partial class PodStatus : ApiType
{
    [Field(17)] public partial long ObservedGeneration { get; set; }

    [Field(1)] public partial string Phase { get; set; }

    [Field(2), ListMap("type"), PatchMerge("type")]
    public partial ApiList<PodCondition> Conditions { get; set; }

    [Field(3)] public partial string Message { get; set; }

    [Field(4)] public partial string Reason { get; set; }

    [Field(11)] public partial string NominatedNodeName { get; set; }

    [Field(5)] public partial string HostIP { get; set; }

    [Field(16), PatchMerge("ip")]
    public partial ApiList<HostIP> HostIPs { get; set; }

    [Field(6)] public partial string PodIP { get; set; }

    [Field(12), ListMap("ip"), PatchMerge("ip")]
    public partial ApiList<PodIP> PodIPs { get; set; }

    [Field(7)] public partial DateTimeOffset? StartTime { get; set; }

    [Field(10)] public partial ApiList<ContainerStatus> InitContainerStatuses { get; set; }

    [Field(8)] public partial ApiList<ContainerStatus> ContainerStatuses { get; set; }

    [Field(9)] public partial string QosClass { get; set; }

    [Field(13)] public partial ApiList<ContainerStatus> EphemeralContainerStatuses { get; set; }

    [Field(14)] public partial string Resize { get; set; }

    [Field(15), ListMap("name"), PatchMerge("name", RetainKeys = true)]
    public partial ApiList<PodResourceClaimStatus> ResourceClaimStatuses { get; set; }

    [Field(18)] public partial PodExtendedResourceClaimStatus? ExtendedResourceClaimStatus { get; set; }

    [Field(19)] public partial ApiMap<Quantity> AllocatedResources { get; set; }

    [Field(20)] public partial ResourceRequirements? Resources { get; set; }
}

public sealed partial class PodCondition : ApiType
{
    [Field(1), Required]
    public partial string Type { get; set; }

    [Field(7)] public partial long ObservedGeneration { get; set; }

    [Field(2), Required]
    public partial string Status { get; set; }

    [Field(3, WriteEmpty = true)]
    public partial DateTimeOffset? LastProbeTime { get; set; }

    [Field(4, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    [Field(5)] public partial string Reason { get; set; }

    [Field(6)] public partial string Message { get; set; }
}

public sealed partial class HostIP : ApiType
{
    [Field(1), Required]
    public partial string Ip { get; set; }
}

public sealed partial class PodIP : ApiType
{
    [Field(1), Required]
    public partial string Ip { get; set; }
}

public sealed partial class PodResourceClaimStatus : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2)] public partial string? ResourceClaimName { get; set; }
}

public sealed partial class PodExtendedResourceClaimStatus : ApiType
{
    [Field(1), Required]
    public partial ApiList<ContainerExtendedResourceRequest> RequestMappings { get; set; }

    [Field(2), Required]
    public partial string ResourceClaimName { get; set; }
}

public sealed partial class ContainerExtendedResourceRequest : ApiType
{
    [Field(1), Required]
    public partial string ContainerName { get; set; }

    [Field(2), Required]
    public partial string ResourceName { get; set; }

    [Field(3), Required]
    public partial string RequestName { get; set; }
}
