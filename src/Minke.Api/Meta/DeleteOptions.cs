namespace Minke.Api.Meta;

/// <summary>How to delete.</summary>
[TypeMeta("v1", "DeleteOptions")]
public sealed partial class DeleteOptions : ApiRoot
{
    /// <summary>How long the object may take to end, in seconds; 0 means at once.</summary>
    [Field(1)] public partial long? GracePeriodSeconds { get; set; }

    /// <summary>What must hold for the deletion to happen.</summary>
    [Field(2)] public partial Preconditions? Preconditions { get; set; }

    /// <summary>Leave what the object owns. Older form of propagationPolicy.</summary>
    [Field(3)] public partial bool? OrphanDependents { get; set; }

    /// <summary>What becomes of what the object owns: Orphan, Background or Foreground.</summary>
    [Field(4)] public partial string? PropagationPolicy { get; set; }

    /// <summary>With All, everything is checked and nothing is deleted.</summary>
    [Field(5)] public partial ApiList<string> DryRun { get; set; }

    /// <summary>Delete even if the object can no longer be read.</summary>
    [Field(6)] public partial bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; set; }
}

/// <summary>What must hold for a write to happen.</summary>
public sealed partial class Preconditions : ApiType
{
    /// <summary>The object must have this uid.</summary>
    [Field(1)] public partial string? Uid { get; set; }

    /// <summary>The object must be of this version.</summary>
    [Field(2)] public partial string? ResourceVersion { get; set; }
}
