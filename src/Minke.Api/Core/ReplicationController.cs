namespace Minke.Api.Core;

[Kind("replicationcontrollers", ShortNames = ["rc"], Categories = ["all"])]
[Subresource("scale", "get", "patch", "update", Kind = "Scale", Group = "autoscaling", Version = "v1")]
[Subresource("status", "get", "patch", "update")]
public sealed partial class ReplicationController : ApiObject
{
    [Field(2)] public partial ReplicationControllerSpec Spec { get; set; }

    [Field(3)] public partial ReplicationControllerStatus Status { get; set; }
}

public sealed partial class ReplicationControllerSpec : ApiType
{
    [Field(1)] public partial int? Replicas { get; set; }

    [Field(4)] public partial int MinReadySeconds { get; set; }

    [Field(2), Atomic]
    public partial ApiMap<string> Selector { get; set; }

    [Field(3)] public partial PodTemplateSpec? Template { get; set; }
}

public sealed partial class ReplicationControllerStatus : ApiType
{
    [Field(1), Required]
    public partial int Replicas { get; set; }

    [Field(2)] public partial int FullyLabeledReplicas { get; set; }

    [Field(4)] public partial int ReadyReplicas { get; set; }

    [Field(5)] public partial int AvailableReplicas { get; set; }

    [Field(3)] public partial long ObservedGeneration { get; set; }

    [Field(6), ListMap("type"), PatchMerge("type")]
    public partial ApiList<ReplicationControllerCondition> Conditions { get; set; }
}

public sealed partial class ReplicationControllerCondition : ApiType
{
    [Field(1), Required]
    public partial string Type { get; set; }

    [Field(2), Required]
    public partial string Status { get; set; }

    [Field(3, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    [Field(4)] public partial string Reason { get; set; }

    [Field(5)] public partial string Message { get; set; }
}
