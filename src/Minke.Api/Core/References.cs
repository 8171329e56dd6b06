namespace Minke.Api.Core;

[Atomic]
public sealed partial class LocalObjectReference : ApiType
{
    [Field(1)] public partial string Name { get; set; }
}

[Atomic]
public sealed partial class ObjectReference : ApiType
{
    [Field(1)] public partial string Kind { get; set; }

    [Field(2)] public partial string Namespace { get; set; }

    [Field(3)] public partial string Name { get; set; }

    [Field(4)] public partial string Uid { get; set; }

    [Field(5)] public partial string ApiVersion { get; set; }

    [Field(6)] public partial string ResourceVersion { get; set; }

    [Field(7)] public partial string FieldPath { get; set; }
}

[Atomic]
public sealed partial class TypedLocalObjectReference : ApiType
{
    [Field(1), Required]
    public partial string? ApiGroup { get; set; }

    [Field(2), Required]
    public partial string Kind { get; set; }

    [Field(3), Required]
    public partial string Name { get; set; }
}

public sealed partial class TypedObjectReference : ApiType
{
    [Field(1), Required]
    public partial string? ApiGroup { get; set; }

    [Field(2), Required]
    public partial string Kind { get; set; }

    [Field(3), Required]
    public partial string Name { get; set; }

    [Field(4)] public partial string? Namespace { get; set; }
}
