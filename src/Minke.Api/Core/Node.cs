namespace Minke.Api.Core;

/// <summary>A machine that runs pods.</summary>
[Kind("nodes", Namespaced = false, ShortNames = ["no"])]
[Subresource("status", "get", "patch", "update")]
public sealed partial class Node : ApiObject
{
    /// <summary>How the node is to be used.</summary>
    [Field(2)] public partial NodeSpec Spec { get; set; }

    /// <summary>What was last seen of the node.</summary>
    [Field(3)] public partial NodeStatus Status { get; set; }
}

/// <summary>How a node is to be used.</summary>
public sealed partial class NodeSpec : ApiType
{
    /// <summary>The range of addresses for its pods.</summary>
    [Field(1)] public partial string PodCIDR { get; set; }

    /// <summary>The ranges of addresses for its pods, at most one of each family.</summary>
    [Field(7), ListSet, PatchMerge]
    public partial ApiList<string> PodCIDRs { get; set; }

    /// <summary>What the cloud calls the machine.</summary>
    [Field(3)] public partial string ProviderID { get; set; }

    /// <summary>Place no new pods on it.</summary>
    [Field(4)] public partial bool Unschedulable { get; set; }

    /// <summary>What keeps pods away that do not tolerate it.</summary>
    [Field(5)] public partial ApiList<Taint> Taints { get; set; }

    /// <summary>No longer supported.</summary>
    [Field(6)] public partial NodeConfigSource? ConfigSource { get; set; }

    /// <summary>No longer used.</summary>
    [Field(2)] public partial string ExternalID { get; set; }
}

/// <summary>Keeps pods away from a node.</summary>
public sealed partial class Taint : ApiType
{
    /// <summary>The taint's key.</summary>
    [Field(1), Required]
    public partial string Key { get; set; }

    /// <summary>The taint's value.</summary>
    [Field(2)] public partial string Value { get; set; }

    /// <summary>NoSchedule, PreferNoSchedule or NoExecute.</summary>
    [Field(3), Required]
    public partial string Effect { get; set; }

    /// <summary>When it was added.</summary>
    [Field(4)] public partial DateTimeOffset? TimeAdded { get; set; }
}

/// <summary>Where a node's configuration came from; no longer supported.</summary>
public sealed partial class NodeConfigSource : ApiType
{
    /// <summary>A config map.</summary>
    [Field(2)] public partial ConfigMapNodeConfigSource? ConfigMap { get; set; }
}

/// <summary>A config map with a node's configuration; no longer supported.</summary>
public sealed partial class ConfigMapNodeConfigSource : ApiType
{
    /// <summary>The config map's namespace.</summary>
    [Field(1), Required]
    public partial string Namespace { get; set; }

    /// <summary>The config map's name.</summary>
    [Field(2), Required]
    public partial string Name { get; set; }

    /// <summary>The config map's uid.</summary>
    [Field(3)] public partial string Uid { get; set; }

    /// <summary>The config map's version.</summary>
    [Field(4)] public partial string ResourceVersion { get; set; }

    /// <summary>The entry that holds the configuration.</summary>
    [Field(5), Required]
    public partial string KubeletConfigKey { get; set; }
}
