namespace Minke.Api.Core;

[Kind("nodes", Namespaced = false, ShortNames = ["no"])]
[Subresource("status", "get", "patch", "update")]
public sealed partial class Node : ApiObject
{
    [Field(2)] public partial NodeSpec Spec { get; set; }

    [Field(3)] public partial NodeStatus Status { get; set; }
}

public sealed partial class NodeSpec : ApiType
{
    [Field(1)] public partial string PodCIDR { get; set; }

    [Field(7), ListSet, PatchMerge]
    public partial ApiList<string> PodCIDRs { get; set; }

    [Field(3)] public partial string ProviderID { get; set; }

    [Field(4)] public partial bool Unschedulable { get; set; }

    [Field(5)] public partial ApiList<Taint> Taints { get; set; }

    [Field(6)] public partial NodeConfigSource? ConfigSource { get; set; }

    [Field(2)] public partial string ExternalID { get; set; }
}

public sealed partial class Taint : ApiType
{
    [Field(1), Required]
    public partial string Key { get; set; }

    [Field(2)] public partial string Value { get; set; }

    [Field(3), Required]
    public partial string Effect { get; set; }

    [Field(4)] public partial DateTimeOffset? TimeAdded { get; set; }
}

public sealed partial class NodeConfigSource : ApiType
{
    [Field(2)] public partial ConfigMapNodeConfigSource? ConfigMap { get; set; }
}

public sealed partial class ConfigMapNodeConfigSource : ApiType
{
    [Field(1), Required]
    public partial string Namespace { get; set; }

    [Field(2), Required]
    public partial string Name { get; set; }

    [Field(3)] public partial string Uid { get; set; }

    [Field(4)] public partial string ResourceVersion { get; set; }

    [Field(5), Required]
    public partial string KubeletConfigKey { get; set; }
}
