namespace Minke.Api.Core;

public sealed partial class Volume : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Inline(2)] public partial VolumeSource Source { get; set; }
}

public sealed partial class VolumeSource : ApiType
{
    [Field(1)] public partial HostPathVolumeSource? HostPath { get; set; }

    [Field(2)] public partial EmptyDirVolumeSource? EmptyDir { get; set; }

    [Field(3)] public partial GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    [Field(4)] public partial AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    [Field(5)] public partial GitRepoVolumeSource? GitRepo { get; set; }

    [Field(6)] public partial SecretVolumeSource? Secret { get; set; }

    [Field(7)] public partial NFSVolumeSource? Nfs { get; set; }

    [Field(8)] public partial ISCSIVolumeSource? Iscsi { get; set; }

    [Field(9)] public partial GlusterfsVolumeSource? Glusterfs { get; set; }

    [Field(10)] public partial PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; set; }

    [Field(11)] public partial RBDVolumeSource? Rbd { get; set; }

    [Field(12)] public partial FlexVolumeSource? FlexVolume { get; set; }

    [Field(13)] public partial CinderVolumeSource? Cinder { get; set; }

    [Field(14)] public partial CephFSVolumeSource? Cephfs { get; set; }

    [Field(15)] public partial FlockerVolumeSource? Flocker { get; set; }

    [Field(16)] public partial DownwardAPIVolumeSource? DownwardAPI { get; set; }

    [Field(17)] public partial FCVolumeSource? Fc { get; set; }

    [Field(18)] public partial AzureFileVolumeSource? AzureFile { get; set; }

    [Field(19)] public partial ConfigMapVolumeSource? ConfigMap { get; set; }

    [Field(20)] public partial VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }

    [Field(21)] public partial QuobyteVolumeSource? Quobyte { get; set; }

    [Field(22)] public partial AzureDiskVolumeSource? AzureDisk { get; set; }

    [Field(23)] public partial PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    [Field(26)] public partial ProjectedVolumeSource? Projected { get; set; }

    [Field(24)] public partial PortworxVolumeSource? PortworxVolume { get; set; }

    [Field(25)] public partial ScaleIOVolumeSource? ScaleIO { get; set; }

    [Field(27)] public partial StorageOSVolumeSource? Storageos { get; set; }

    [Field(28)] public partial CSIVolumeSource? Csi { get; set; }

    [Field(29)] public partial EphemeralVolumeSource? Ephemeral { get; set; }

    [Field(30)] public partial ImageVolumeSource? Image { get; set; }
}

public sealed partial class HostPathVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Path { get; set; }

    [Field(2)] public partial string? Type { get; set; }
}

public sealed partial class EmptyDirVolumeSource : ApiType
{
    [Field(1)] public partial string Medium { get; set; }

    [Field(2)] public partial Quantity? SizeLimit { get; set; }
}

public sealed partial class SecretVolumeSource : ApiType
{
    [Field(1)] public partial string SecretName { get; set; }

    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    [Field(3)] public partial int? DefaultMode { get; set; }

    [Field(4)] public partial bool? Optional { get; set; }
}

public sealed partial class ConfigMapVolumeSource : ApiType
{
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    [Field(3)] public partial int? DefaultMode { get; set; }

    [Field(4)] public partial bool? Optional { get; set; }
}

public sealed partial class KeyToPath : ApiType
{
    [Field(1), Required]
    public partial string Key { get; set; }

    [Field(2), Required]
    public partial string Path { get; set; }

    [Field(3)] public partial int? Mode { get; set; }
}

public sealed partial class DownwardAPIVolumeSource : ApiType
{
    [Field(1)] public partial ApiList<DownwardAPIVolumeFile> Items { get; set; }

    [Field(2)] public partial int? DefaultMode { get; set; }
}

public sealed partial class DownwardAPIVolumeFile : ApiType
{
    [Field(1), Required]
    public partial string Path { get; set; }

    [Field(2)] public partial ObjectFieldSelector? FieldRef { get; set; }

    [Field(3)] public partial ResourceFieldSelector? ResourceFieldRef { get; set; }

    [Field(4)] public partial int? Mode { get; set; }
}

public sealed partial class ImageVolumeSource : ApiType
{
    [Field(1)] public partial string Reference { get; set; }

    [Field(2)] public partial string PullPolicy { get; set; }
}

public sealed partial class PersistentVolumeClaimVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string ClaimName { get; set; }

    [Field(2)] public partial bool ReadOnly { get; set; }
}

public sealed partial class EphemeralVolumeSource : ApiType
{
    [Field(1)] public partial PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; set; }
}

public sealed partial class CSIVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Driver { get; set; }

    [Field(2)] public partial bool? ReadOnly { get; set; }

    [Field(3)] public partial string? FsType { get; set; }

    [Field(4)] public partial ApiMap<string> VolumeAttributes { get; set; }

    [Field(5)] public partial LocalObjectReference? NodePublishSecretRef { get; set; }
}

public sealed partial class NFSVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Server { get; set; }

    [Field(2), Required]
    public partial string Path { get; set; }

    [Field(3)] public partial bool ReadOnly { get; set; }
}

public sealed partial class ISCSIVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string TargetPortal { get; set; }

    [Field(2), Required]
    public partial string Iqn { get; set; }

    [Field(3), Required]
    public partial int Lun { get; set; }

    [Field(4)] public partial string IscsiInterface { get; set; }

    [Field(5)] public partial string FsType { get; set; }

    [Field(6)] public partial bool ReadOnly { get; set; }

    [Field(7)] public partial ApiList<string> Portals { get; set; }

    [Field(8)] public partial bool ChapAuthDiscovery { get; set; }

    [Field(11)] public partial bool ChapAuthSession { get; set; }

    [Field(10)] public partial LocalObjectReference? SecretRef { get; set; }

    [Field(12)] public partial string? InitiatorName { get; set; }
}

public sealed partial class FCVolumeSource : ApiType
{
    [Field(1)] public partial ApiList<string> TargetWWNs { get; set; }

    [Field(2)] public partial int? Lun { get; set; }

    [Field(3)] public partial string FsType { get; set; }

    [Field(4)] public partial bool ReadOnly { get; set; }

    [Field(5)] public partial ApiList<string> Wwids { get; set; }
}

public sealed partial class FlexVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Driver { get; set; }

    [Field(2)] public partial string FsType { get; set; }

    [Field(3)] public partial LocalObjectReference? SecretRef { get; set; }

    [Field(4)] public partial bool ReadOnly { get; set; }

    [Field(5)] public partial ApiMap<string> Options { get; set; }
}

public sealed partial class GitRepoVolumeSource : ApiType
{
    [Field(1), Required]
    public partial string Repository { get; set; }

    [Field(2)] public partial string Revision { get; set; }

    [Field(3)] public partial string Directory { get; set; }
}
