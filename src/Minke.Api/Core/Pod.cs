using Minke.Api.Meta;

namespace Minke.Api.Core;

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
    [Field(2)] public partial PodSpec Spec { get; set; }

    [Field(3)] public partial PodStatus Status { get; set; }
}

public sealed partial class PodTemplateSpec : ApiType
{
    [Field(1)] public partial ObjectMeta Metadata { get; set; }

    [Field(2)] public partial PodSpec Spec { get; set; }
}
