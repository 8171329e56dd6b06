namespace Minke.Api.Autoscaling;

[Kind("")]
public sealed partial class Scale : ApiObject
{
    [Field(2)] public partial ScaleSpec Spec { get; set; }

    [Field(3)] public partial ScaleStatus Status { get; set; }
}

public sealed partial class ScaleSpec : ApiType
{
    [Field(1)] public partial int Replicas { get; set; }
}

public sealed partial class ScaleStatus : ApiType
{
    [Field(1), Required]
    public partial int Replicas { get; set; }

    [Field(2)] public partial string Selector { get; set; }
}
