namespace Minke.Api.Core;

/// <summary>A disk of Google Compute Engine.</summary>
public sealed partial class GCEPersistentDiskVolumeSource : ApiType
{
    /// <summary>The disk.</summary>
    [Field(1), Required]
    public partial string PdName { get; set; }

    /// <summary>The file system.</summary>
    [Field(2)] public partial string FsType { get; set; }

    /// <summary>The partition's number.</summary>
    [Field(3)] public partial int Partition { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(4)] public partial bool ReadOnly { get; set; }
}

/// <summary>A disk of Amazon EBS.</summary>
public sealed partial class AWSElasticBlockStoreVolumeSource : ApiType
{
    /// <summary>The disk.</summary>
    [Field(1), Required]
    public partial string VolumeID { get; set; }

    /// <summary>The file system.</summary>
    [Field(2)] public partial string FsType { get; set; }

    /// <summary>The partition's number.</summary>
    [Field(3)] public partial int Partition { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(4)] public partial bool ReadOnly { get; set; }
}

/// <summary>A GlusterFS volume.</summary>
public sealed partial class GlusterfsVolumeSource : ApiType
{
    /// <summary>The endpoints of the cluster.</summary>
    [Field(1), Required]
    public partial string Endpoints { get; set; }

    /// <summary>The volume.</summary>
    [Field(2), Required]
    public partial string Path { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(3)] public partial bool ReadOnly { get; set; }
}

/// <summary>A Ceph block device.</summary>
public sealed partial class RBDVolumeSource : ApiType
{
    /// <summary>The monitors' addresses.</summary>
    [Field(1), Required]
    public partial ApiList<string> Monitors { get; set; }

    /// <summary>The device's image.</summary>
    [Field(2), Required]
    public partial string Image { get; set; }

    /// <summary>The file system.</summary>
    [Field(3)] public partial string FsType { get; set; }

    /// <summary>The pool.</summary>
    [Field(4)] public partial string Pool { get; set; }

    /// <summary>The user.</summary>
    [Field(5)] public partial string User { get; set; }

    /// <summary>The file with the user's key.</summary>
    [Field(6)] public partial string Keyring { get; set; }

    /// <summary>The secret with the user's key.</summary>
    [Field(7)] public partial LocalObjectReference? SecretRef { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(8)] public partial bool ReadOnly { get; set; }
}

/// <summary>A disk of OpenStack Cinder.</summary>
public sealed partial class CinderVolumeSource : ApiType
{
    /// <summary>The disk.</summary>
    [Field(1), Required]
    public partial string VolumeID { get; set; }

    /// <summary>The file system.</summary>
    [Field(2)] public partial string FsType { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(3)] public partial bool ReadOnly { get; set; }

    /// <summary>The secret with the credentials.</summary>
    [Field(4)] public partial LocalObjectReference? SecretRef { get; set; }
}

/// <summary>A CephFS directory.</summary>
public sealed partial class CephFSVolumeSource : ApiType
{
    /// <summary>The monitors' addresses.</summary>
    [Field(1), Required]
    public partial ApiList<string> Monitors { get; set; }

    /// <summary>The directory.</summary>
    [Field(2)] public partial string Path { get; set; }

    /// <summary>The user.</summary>
    [Field(3)] public partial string User { get; set; }

    /// <summary>The file with the user's key.</summary>
    [Field(4)] public partial string SecretFile { get; set; }

    /// <summary>The secret with the user's key.</summary>
    [Field(5)] public partial LocalObjectReference? SecretRef { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(6)] public partial bool ReadOnly { get; set; }
}

/// <summary>A Flocker dataset.</summary>
public sealed partial class FlockerVolumeSource : ApiType
{
    /// <summary>The dataset, by name.</summary>
    [Field(1)] public partial string DatasetName { get; set; }

    /// <summary>The dataset, by id.</summary>
    [Field(2)] public partial string DatasetUUID { get; set; }
}

/// <summary>A share of Azure Files.</summary>
public sealed partial class AzureFileVolumeSource : ApiType
{
    /// <summary>The secret with the account and its key.</summary>
    [Field(1), Required]
    public partial string SecretName { get; set; }

    /// <summary>The share.</summary>
    [Field(2), Required]
    public partial string ShareName { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(3)] public partial bool ReadOnly { get; set; }
}

/// <summary>A disk of vSphere.</summary>
public sealed partial class VsphereVirtualDiskVolumeSource : ApiType
{
    /// <summary>The disk's path.</summary>
    [Field(1), Required]
    public partial string VolumePath { get; set; }

    /// <summary>The file system.</summary>
    [Field(2)] public partial string FsType { get; set; }

    /// <summary>The storage policy, by name.</summary>
    [Field(3)] public partial string StoragePolicyName { get; set; }

    /// <summary>The storage policy, by id.</summary>
    [Field(4)] public partial string StoragePolicyID { get; set; }
}

/// <summary>A Quobyte volume.</summary>
public sealed partial class QuobyteVolumeSource : ApiType
{
    /// <summary>The registries' addresses.</summary>
    [Field(1), Required]
    public partial string Registry { get; set; }

    /// <summary>The volume.</summary>
    [Field(2), Required]
    public partial string Volume { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(3)] public partial bool ReadOnly { get; set; }

    /// <summary>The user that files belong to.</summary>
    [Field(4)] public partial string User { get; set; }

    /// <summary>The group that files belong to.</summary>
    [Field(5)] public partial string Group { get; set; }

    /// <summary>The tenant that owns the volume.</summary>
    [Field(6)] public partial string Tenant { get; set; }
}

/// <summary>A disk of Azure.</summary>
public sealed partial class AzureDiskVolumeSource : ApiType
{
    /// <summary>The disk's name.</summary>
    [Field(1), Required]
    public partial string DiskName { get; set; }

    /// <summary>The disk's address.</summary>
    [Field(2), Required]
    public partial string DiskURI { get; set; }

    /// <summary>How the host caches it: None, ReadOnly or ReadWrite.</summary>
    [Field(3)] public partial string? CachingMode { get; set; }

    /// <summary>The file system.</summary>
    [Field(4)] public partial string? FsType { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(5)] public partial bool? ReadOnly { get; set; }

    /// <summary>Where it is kept: Shared, Dedicated or Managed.</summary>
    [Field(6)] public partial string? Kind { get; set; }
}

/// <summary>A disk of Photon Controller.</summary>
public sealed partial class PhotonPersistentDiskVolumeSource : ApiType
{
    /// <summary>The disk.</summary>
    [Field(1), Required]
    public partial string PdID { get; set; }

    /// <summary>The file system.</summary>
    [Field(2)] public partial string FsType { get; set; }
}

/// <summary>A Portworx volume.</summary>
public sealed partial class PortworxVolumeSource : ApiType
{
    /// <summary>The volume.</summary>
    [Field(1), Required]
    public partial string VolumeID { get; set; }

    /// <summary>The file system.</summary>
    [Field(2)] public partial string FsType { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(3)] public partial bool ReadOnly { get; set; }
}

/// <summary>A ScaleIO volume.</summary>
public sealed partial class ScaleIOVolumeSource : ApiType
{
    /// <summary>The gateway's address.</summary>
    [Field(1), Required]
    public partial string Gateway { get; set; }

    /// <summary>The storage system.</summary>
    [Field(2), Required]
    public partial string System { get; set; }

    /// <summary>The secret with the credentials.</summary>
    [Field(3), Required]
    public partial LocalObjectReference? SecretRef { get; set; }

    /// <summary>Talk to the gateway over TLS.</summary>
    [Field(4)] public partial bool SslEnabled { get; set; }

    /// <summary>The protection domain.</summary>
    [Field(5)] public partial string ProtectionDomain { get; set; }

    /// <summary>The storage pool.</summary>
    [Field(6)] public partial string StoragePool { get; set; }

    /// <summary>ThickProvisioned or ThinProvisioned.</summary>
    [Field(7)] public partial string StorageMode { get; set; }

    /// <summary>The volume.</summary>
    [Field(8)] public partial string VolumeName { get; set; }

    /// <summary>The file system.</summary>
    [Field(9)] public partial string FsType { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(10)] public partial bool ReadOnly { get; set; }
}

/// <summary>A StorageOS volume.</summary>
public sealed partial class StorageOSVolumeSource : ApiType
{
    /// <summary>The volume.</summary>
    [Field(1)] public partial string VolumeName { get; set; }

    /// <summary>The namespace of the volume.</summary>
    [Field(2)] public partial string VolumeNamespace { get; set; }

    /// <summary>The file system.</summary>
    [Field(3)] public partial string FsType { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(4)] public partial bool ReadOnly { get; set; }

    /// <summary>The secret with the credentials.</summary>
    [Field(5)] public partial LocalObjectReference? SecretRef { get; set; }
}
