namespace Minke.Api.Core;

/// <summary>Keeps a number of like pods running.</summary>
[Kind("replicationcontrollers", ShortNames = ["rc"], Categories = ["all"])]
[Subresource("scale", "get", "patch", "update", Kind = "Scale", Group = "autoscaling", Version = "v1")]
[Subresource("status", "get", "patch", "update")]
public sealed partial class ReplicationController : ApiObject
{
    /// <summary>Which pods, and how many.</summary>
    [Field(2)] public partial ReplicationControllerSpec Spec { get; set; }

    /// <summary>How many were last seen.</summary>
    [Field(3)] public partial ReplicationControllerStatus Status { get; set; }
}

/// <summary>Which pods to keep, and how many.</summary>
public sealed partial class ReplicationControllerSpec : ApiType
{
    /// <summary>How many pods to keep; 1 when left out.</summary>
    [Field(1)] public partial int? Replicas { get; set; }

    /// <summary>How long a pod must be ready, in seconds, to count as available.</summary>
    [Field(4)] public partial int MinReadySeconds { get; set; }

    /// <summary>The labels of the pods; those of the template when left out.</summary>
    [Field(2), Atomic]
    public partial ApiMap<string> Selector { get; set; }

    /// <summary>What new pods look like.</summary>
    [Field(3)] public partial PodTemplateSpec? Template { get; set; }
}

/// <summary>What was last seen of a controller's pods.</summary>
public sealed partial class ReplicationControllerStatus : ApiType
{
    /// <summary>How many pods there are.</summary>
    [Field(1), Required]
    public partial int Replicas { get; set; }

    /// <summary>How many of them have all labels of the template.</summary>
    [Field(2)] public partial int FullyLabeledReplicas { get; set; }

    /// <summary>How many of them are ready.</summary>
    [Field(4)] public partial int ReadyReplicas { get; set; }

    /// <summary>How many of them have been ready for long enough.</summary>
    [Field(5)] public partial int AvailableReplicas { get; set; }

    /// <summary>The generation of the spec that the status is about.</summary>
    [Field(3)] public partial long ObservedGeneration { get; set; }

    /// <summary>What holds for the controller.</summary>
    [Field(6), ListMap("type"), PatchMerge("type")]
    public partial ApiList<ReplicationControllerCondition> Conditions { get; set; }
}

/// <summary>One thing that holds, or does not hold, for a controller.</summary>
public sealed partial class ReplicationControllerCondition : ApiType
{
    /// <summary>What the condition is about, for example ReplicaFailure.</summary>
    [Field(1), Required]
    public partial string Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2), Required]
    public partial string Status { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field(3, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(4)] public partial string Reason { get; set; }

    /// <summary>Why it is so, for people.</summary>
    [Field(5)] public partial string Message { get; set; }
}
