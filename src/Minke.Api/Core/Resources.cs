namespace Minke.Api.Core;

public sealed partial class ResourceRequirements : ApiType
{
    [Field(1)] public partial ApiMap<Quantity> Limits { get; set; }

    [Field(2)] public partial ApiMap<Quantity> Requests { get; set; }

    [Field(3), ListMap("name")]
    public partial ApiList<ResourceClaim> Claims { get; set; }
}

public sealed partial class ResourceClaim : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2)] public partial string Request { get; set; }
}

public sealed partial class VolumeResourceRequirements : ApiType
{
    [Field(1)] public partial ApiMap<Quantity> Limits { get; set; }

    [Field(2)] public partial ApiMap<Quantity> Requests { get; set; }
}
