using Minke.Api.Meta;

namespace Minke.Api.Core;

public sealed partial class PersistentVolumeClaimTemplate : ApiType
{
    [Field(1)] public partial ObjectMeta Metadata { get; set; }

    [Field(2), Required]
    public partial PersistentVolumeClaimSpec Spec { get; set; }
}

public sealed partial class PersistentVolumeClaimSpec : ApiType
{
    [Field(1)] public partial ApiList<string> AccessModes { get; set; }

    [Field(4)] public partial LabelSelector? Selector { get; set; }

    [Field(2)] public partial VolumeResourceRequirements Resources { get; set; }

    [Field(3)] public partial string VolumeName { get; set; }

    [Field(5)] public partial string? StorageClassName { get; set; }

    [Field(6)] public partial string? VolumeMode { get; set; }

    [Field(7)] public partial TypedLocalObjectReference? DataSource { get; set; }

    [Field(8)] public partial TypedObjectReference? DataSourceRef { get; set; }

    [Field(9)] public partial string? VolumeAttributesClassName { get; set; }
}
