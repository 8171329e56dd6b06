namespace Minke.Api.Autoscaling;

/// <summary>How many replicas something has and should have.</summary>
[Kind("")]
public sealed partial class Scale : ApiObject
{
    /// <summary>How many there should be.</summary>
    [Field(2)] public partial ScaleSpec Spec { get; set; }

    /// <summary>How many there are.</summary>
    [Field(3)] public partial ScaleStatus Status { get; set; }
}

/// <summary>How many replicas there should be.</summary>
public sealed partial class ScaleSpec : ApiType
{
    /// <summary>The number wanted.</summary>
    [Field(1)] public partial int Replicas { get; set; }
}

/// <summary>How many replicas there are.</summary>
public sealed partial class ScaleStatus : ApiType
{
    /// <summary>The number seen.</summary>
    [Field(1), Required]
    public partial int Replicas { get; set; }

    /// <summary>The labels of the replicas, in query form.</summary>
    [Field(2)] public partial string Selector { get; set; }
}
