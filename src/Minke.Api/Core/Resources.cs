namespace Minke.Api.Core;

/// <summary>Resources that are needed and allowed.</summary>
public sealed partial class ResourceRequirements : ApiType
{
    /// <summary>The most that may be used.</summary>
    [Field(1)] public partial ApiMap<Quantity> Limits { get; set; }

    /// <summary>What is needed, and what a node is chosen by.</summary>
    [Field(2)] public partial ApiMap<Quantity> Requests { get; set; }

    /// <summary>Claims of the pod that the container uses.</summary>
    [Field(3), ListMap("name")]
    public partial ApiList<ResourceClaim> Claims { get; set; }
}

/// <summary>A claim of the pod that a container uses.</summary>
public sealed partial class ResourceClaim : ApiType
{
    /// <summary>The claim's name in the pod's spec.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>One request of the claim; all of them when left out.</summary>
    [Field(2)] public partial string Request { get; set; }
}

/// <summary>How much storage is needed and allowed.</summary>
public sealed partial class VolumeResourceRequirements : ApiType
{
    /// <summary>The most that may be given.</summary>
    [Field(1)] public partial ApiMap<Quantity> Limits { get; set; }

    /// <summary>The least that is needed.</summary>
    [Field(2)] public partial ApiMap<Quantity> Requests { get; set; }
}
