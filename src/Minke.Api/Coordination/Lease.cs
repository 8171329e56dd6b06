namespace Minke.Api.Coordination;

[Kind("leases")]
public sealed partial class Lease : ApiObject
{
    [Field(2)] public partial LeaseSpec Spec { get; set; }
}

public sealed partial class LeaseSpec : ApiType
{
    [Field(1)] public partial string? HolderIdentity { get; set; }

    [Field(2)] public partial int? LeaseDurationSeconds { get; set; }

    [Field(3)] public partial MicroTime? AcquireTime { get; set; }

    [Field(4)] public partial MicroTime? RenewTime { get; set; }

    [Field(5)] public partial int? LeaseTransitions { get; set; }

    [Field(6)] public partial string? Strategy { get; set; }

    [Field(7)] public partial string? PreferredHolder { get; set; }
}
