namespace Minke.Api.Core;

[Kind("namespaces", Namespaced = false, ShortNames = ["ns"])]
[Subresource("finalize", "update")]
[Subresource("status", "get", "patch", "update")]
public sealed partial class Namespace : ApiObject
{
    [Field(2)] public partial NamespaceSpec Spec { get; set; }

    [Field(3)] public partial NamespaceStatus Status { get; set; }
}

public sealed partial class NamespaceSpec : ApiType
{
    [Field(1)] public partial ApiList<string> Finalizers { get; set; }
}

public sealed partial class NamespaceStatus : ApiType
{
    [Field(1)] public partial string Phase { get; set; }

    [Field(2), ListMap("type"), PatchMerge("type")]
    public partial ApiList<NamespaceCondition> Conditions { get; set; }
}

public sealed partial class NamespaceCondition : ApiType
{
    [Field(1), Required]
    public partial string Type { get; set; }

    [Field(2), Required]
    public partial string Status { get; set; }

    [Field(4, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    [Field(5)] public partial string Reason { get; set; }

    [Field(6)] public partial string Message { get; set; }
}
