namespace Minke.Api.Coordination;

/// <summary>A claim to something that has to be renewed.</summary>
[Kind("leases")]
public sealed partial class Lease : ApiObject
{
    /// <summary>Who holds it, and until when.</summary>
    [Field(2)] public partial LeaseSpec Spec { get; set; }
}

/// <summary>Who holds a lease, and until when.</summary>
public sealed partial class LeaseSpec : ApiType
{
    /// <summary>Who holds it.</summary>
    [Field(1)] public partial string? HolderIdentity { get; set; }

    /// <summary>How long after the last renewal others must wait, in seconds.</summary>
    [Field(2)] public partial int? LeaseDurationSeconds { get; set; }

    /// <summary>When the holder took it.</summary>
    [Field(3)] public partial MicroTime? AcquireTime { get; set; }

    /// <summary>When the holder last renewed it.</summary>
    [Field(4)] public partial MicroTime? RenewTime { get; set; }

    /// <summary>How often the holder changed.</summary>
    [Field(5)] public partial int? LeaseTransitions { get; set; }

    /// <summary>How a holder is chosen among candidates.</summary>
    [Field(6)] public partial string? Strategy { get; set; }

    /// <summary>Whom the holder should give it up to.</summary>
    [Field(7)] public partial string? PreferredHolder { get; set; }
}
