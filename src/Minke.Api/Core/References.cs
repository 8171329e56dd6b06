namespace Minke.Api.Core;

/// <summary>An object of the same namespace.</summary>
[Atomic]
public sealed partial class LocalObjectReference : ApiType
{
    /// <summary>The object's name.</summary>
    [Field(1)] public partial string Name { get; set; }
}

/// <summary>An object, or a part of one.</summary>
[Atomic]
public sealed partial class ObjectReference : ApiType
{
    /// <summary>The object's kind.</summary>
    [Field(1)] public partial string Kind { get; set; }

    /// <summary>The object's namespace.</summary>
    [Field(2)] public partial string Namespace { get; set; }

    /// <summary>The object's name.</summary>
    [Field(3)] public partial string Name { get; set; }

    /// <summary>The object's uid.</summary>
    [Field(4)] public partial string Uid { get; set; }

    /// <summary>The group and version of the kind.</summary>
    [Field(5)] public partial string ApiVersion { get; set; }

    /// <summary>The version of the object that is meant.</summary>
    [Field(6)] public partial string ResourceVersion { get; set; }

    /// <summary>The part of the object that is meant, for example spec.containers{web}.</summary>
    [Field(7)] public partial string FieldPath { get; set; }
}

/// <summary>An object of some kind in the same namespace.</summary>
[Atomic]
public sealed partial class TypedLocalObjectReference : ApiType
{
    /// <summary>The group of the kind; empty for the core group.</summary>
    [Field(1), Required]
    public partial string? ApiGroup { get; set; }

    /// <summary>The object's kind.</summary>
    [Field(2), Required]
    public partial string Kind { get; set; }

    /// <summary>The object's name.</summary>
    [Field(3), Required]
    public partial string Name { get; set; }
}

/// <summary>An object of some kind.</summary>
public sealed partial class TypedObjectReference : ApiType
{
    /// <summary>The group of the kind; empty for the core group.</summary>
    [Field(1), Required]
    public partial string? ApiGroup { get; set; }

    /// <summary>The object's kind.</summary>
    [Field(2), Required]
    public partial string Kind { get; set; }

    /// <summary>The object's name.</summary>
    [Field(3), Required]
    public partial string Name { get; set; }

    /// <summary>The object's namespace; the own one when left out.</summary>
    [Field(4)] public partial string? Namespace { get; set; }
}
