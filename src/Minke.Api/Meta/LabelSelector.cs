namespace Minke.Api.Meta;

/// <summary>Which objects are meant, by their labels; both parts must match.</summary>
[Atomic]
public sealed partial class LabelSelector : ApiType
{
    /// <summary>Labels that an object must have.</summary>
    [Field(1)] public partial ApiMap<string> MatchLabels { get; set; }

    /// <summary>Requirements on labels.</summary>
    [Field(2)] public partial ApiList<LabelSelectorRequirement> MatchExpressions { get; set; }
}

/// <summary>A requirement on one label.</summary>
public sealed partial class LabelSelectorRequirement : ApiType
{
    /// <summary>The label.</summary>
    [Field(1), Required]
    public partial string Key { get; set; }

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    [Field(2), Required]
    public partial string Operator { get; set; }

    /// <summary>What the label is compared with.</summary>
    [Field(3)] public partial ApiList<string> Values { get; set; }
}
