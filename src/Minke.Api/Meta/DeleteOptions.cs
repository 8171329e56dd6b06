namespace Minke.Api.Meta;

[TypeMeta("v1", "DeleteOptions")]
public sealed partial class DeleteOptions : ApiRoot
{
    [Field(1)] public partial long? GracePeriodSeconds { get; set; }

    [Field(2)] public partial Preconditions? Preconditions { get; set; }

    [Field(3)] public partial bool? OrphanDependents { get; set; }

    [Field(4)] public partial string? PropagationPolicy { get; set; }

    [Field(5)] public partial ApiList<string> DryRun { get; set; }

    [Field(6)] public partial bool? IgnoreStoreReadErrorWithClusterBreakingPotential { get; set; }
}

public sealed partial class Preconditions : ApiType
{
    [Field(1)] public partial string? Uid { get; set; }

    [Field(2)] public partial string? ResourceVersion { get; set; }
}
