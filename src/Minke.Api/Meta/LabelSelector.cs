namespace Minke.Api.Meta;

[Atomic]
public sealed partial class LabelSelector : ApiType
{
    [Field(1)] public partial ApiMap<string> MatchLabels { get; set; }

    [Field(2)] public partial ApiList<LabelSelectorRequirement> MatchExpressions { get; set; }
}

public sealed partial class LabelSelectorRequirement : ApiType
{
    [Field(1), Required]
    public partial string Key { get; set; }

    [Field(2), Required]
    public partial string Operator { get; set; }

    [Field(3)] public partial ApiList<string> Values { get; set; }
}
