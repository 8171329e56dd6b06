namespace Minke.Api.Core;

public sealed partial class GCEPersistentDiskVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string PdName { get; set; }

    [Field(2)] public partial string FsType { get; set; }

    [Field(3)] public partial int Partition { get; set; }

    [Field(4)] public partial bool ReadOnly { get; set; }
}

public sealed partial class AWSElasticBlockStoreVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string VolumeID { get; set; }

    [Field(2)] public partial string FsType { get; set; }

    [Field(3)] public partial int Partition { get; set; }

    [Field(4)] public partial bool ReadOnly { get; set; }
}

public sealed partial class GlusterfsVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Endpoints { get; set; }

    [Field(2), Required]
    public partial string Path { get; set; }

    [Field(3)] public partial bool ReadOnly { get; set; }
}

public sealed partial class RBDVolumeSource : ApiType
{
    [Field(1), Required]
    public partial ApiList<string> Monitors { get; set; }

    [Field(2), Required]
    public partial string Image { get; set; }

    [Field(3)] public partial string FsType { get; set; }

    [Field(4)] public partial string Pool { get; set; }

    [Field(5)] public partial string User { get; set; }

    [Field(6)] public partial string Keyring { get; set; }

    [Field(7)] public partial LocalObjectReference? SecretRef { get; set; }

    [Field(8)] public partial bool ReadOnly { get; set; }
}

public sealed partial class CinderVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string VolumeID { get; set; }

    [Field(2)] public partial string FsType { get; set; }

    [Field(3)] public partial bool ReadOnly { get; set; }

    [Field(4)] public partial LocalObjectReference? SecretRef { get; set; }
}

public sealed partial class CephFSVolumeSource : ApiType
{
    [Field(1), Required]
    public partial ApiList<string> Monitors { get; set; }

    [Field(2)] public partial string Path { get; set; }

    [Field(3)] public partial string User { get; set; }

    [Field(4)] public partial string SecretFile { get; set; }

    [Field(5)] public partial LocalObjectReference? SecretRef { get; set; }

    [Field(6)] public partial bool ReadOnly { get; set; }
}

public sealed partial class FlockerVolumeSource : ApiType
{
    [Field(1)] public partial string DatasetName { get; set; }

    [Field(2)] public partial string DatasetUUID { get; set; }
}

public sealed partial class AzureFileVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string SecretName { get; set; }

    [Field(2), Required]
    public partial string ShareName { get; set; }

    [Field(3)] public partial bool ReadOnly { get; set; }
}

public sealed partial class VsphereVirtualDiskVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string VolumePath { get; set; }

    [Field(2)] public partial string FsType { get; set; }

    [Field(3)] public partial string StoragePolicyName { get; set; }

    [Field(4)] public partial string StoragePolicyID { get; set; }
}

public sealed partial class QuobyteVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Registry { get; set; }

    [Field(2), Required]
    public partial string Volume { get; set; }

    [Field(3)] public partial bool ReadOnly { get; set; }

    [Field(4)] public partial string User { get; set; }

    [Field(5)] public partial string Group { get; set; }

    [Field(6)] public partial string Tenant { get; set; }
}

public sealed partial class AzureDiskVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string DiskName { get; set; }

    [Field(2), Required]
    public partial string DiskURI { get; set; }

    [Field(3)] public partial string? CachingMode { get; set; }

    [Field(4)] public partial string? FsType { get; set; }

    [Field(5)] public partial bool? ReadOnly { get; set; }

    [Field(6)] public partial string? Kind { get; set; }
}

public sealed partial class PhotonPersistentDiskVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string PdID { get; set; }

    [Field(2)] public partial string FsType { get; set; }
}

public sealed partial class PortworxVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string VolumeID { get; set; }

    [Field(2)] public partial string FsType { get; set; }

    [Field(3)] public partial bool ReadOnly { get; set; }
}

public sealed partial class ScaleIOVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Gateway { get; set; }

    [Field(2), Required]
    public partial string System { get; set; }

    [Field(3), Required]
    public partial LocalObjectReference? SecretRef { get; set; }

    [Field(4)] public partial bool SslEnabled { get; set; }

    [Field(5)] public partial string ProtectionDomain { get; set; }

    [Field(6)] public partial string StoragePool { get; set; }

    [Field(7)] public partial string StorageMode { get; set; }

    [Field(8)] public partial string VolumeName { get; set; }

    [Field(9)] public partial string FsType { get; set; }

    [Field(10)] public partial bool ReadOnly { get; set; }
}

public sealed partial class StorageOSVolumeSource : ApiType
{
    [Field(1)] public partial string VolumeName { get; set; }

    [Field(2)] public partial string VolumeNamespace { get; set; }

    [Field(3)] public partial string FsType { get; set; }

    [Field(4)] public partial bool ReadOnly { get; set; }

    [Field(5)] public partial LocalObjectReference? SecretRef { get; set; }
}
