using Minke.Api.Meta;

namespace Minke.Api.Core;

/// <summary>What a pod's own claim looks like.</summary>
public sealed partial class PersistentVolumeClaimTemplate : ApiType
{
    /// <summary>Labels and annotations of the claim.</summary>
    [Field(1)] public partial ObjectMeta Metadata { get; set; }

    /// <summary>The spec of the claim.</summary>
    [Field(2), Required]
    public partial PersistentVolumeClaimSpec Spec { get; set; }
}

/// <summary>What storage is asked for.</summary>
public sealed partial class PersistentVolumeClaimSpec : ApiType
{
    /// <summary>How it will be used, for example ReadWriteOnce.</summary>
    [Field(1)] public partial ApiList<string> AccessModes { get; set; }

    /// <summary>Which volumes come into question.</summary>
    [Field(4)] public partial LabelSelector? Selector { get; set; }

    /// <summary>How much is needed.</summary>
    [Field(2)] public partial VolumeResourceRequirements Resources { get; set; }

    /// <summary>The volume that backs the claim.</summary>
    [Field(3)] public partial string VolumeName { get; set; }

    /// <summary>The storage class.</summary>
    [Field(5)] public partial string? StorageClassName { get; set; }

    /// <summary>Filesystem or Block.</summary>
    [Field(6)] public partial string? VolumeMode { get; set; }

    /// <summary>What the volume is filled from.</summary>
    [Field(7)] public partial TypedLocalObjectReference? DataSource { get; set; }

    /// <summary>What the volume is filled from; may be of any kind and namespace.</summary>
    [Field(8)] public partial TypedObjectReference? DataSourceRef { get; set; }

    /// <summary>The class of attributes that may change later.</summary>
    [Field(9)] public partial string? VolumeAttributesClassName { get; set; }
}
