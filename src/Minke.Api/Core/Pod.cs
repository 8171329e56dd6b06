using Minke.Api.Meta;

namespace Minke.Api.Core;

/// <summary>A group of containers that run together on one node and share its network and volumes.</summary>
[Kind("pods", ShortNames = ["po"], Categories = ["all"])]
[Subresource("attach", "create", "get", Kind = "PodAttachOptions")]
[Subresource("binding", "create", Kind = "Binding")]
[Subresource("eviction", "create", Kind = "Eviction", Group = "policy", Version = "v1")]
[Subresource("exec", "create", "get", Kind = "PodExecOptions")]
[Subresource("log", "get")]
[Subresource("portforward", "create", "get", Kind = "PodPortForwardOptions")]
[Subresource("status", "get", "patch", "update")]
public sealed partial class Pod : ApiObject
{
    /// <summary>What should run.</summary>
    [Field(2)] public partial PodSpec Spec { get; set; }

    /// <summary>What was last seen running.</summary>
    [Field(3)] public partial PodStatus Status { get; set; }
}

/// <summary>What pods made by a controller look like.</summary>
public sealed partial class PodTemplateSpec : ApiType
{
    /// <summary>Labels and annotations of the pods.</summary>
    [Field(1)] public partial ObjectMeta Metadata { get; set; }

    /// <summary>The spec of the pods.</summary>
    [Field(2)] public partial PodSpec Spec { get; set; }
}
