namespace Minke.Api.Core;

/// <summary>Storage that the containers of a pod may mount.</summary>
public sealed partial class Volume : ApiType
{
    /// <summary>The volume's name, unique within the pod.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>Where the volume comes from.</summary>
    [Inline(2)] public partial VolumeSource Source { get; set; }
}

/// <summary>Where a volume comes from; one of its fields is set.</summary>
public sealed partial class VolumeSource : ApiType
{
    /// <summary>A file or directory of the node.</summary>
    [Field(1)] public partial HostPathVolumeSource? HostPath { get; set; }

    /// <summary>A directory that lives as long as the pod.</summary>
    [Field(2)] public partial EmptyDirVolumeSource? EmptyDir { get; set; }

    /// <summary>A disk of Google Compute Engine.</summary>
    [Field(3)] public partial GCEPersistentDiskVolumeSource? GcePersistentDisk { get; set; }

    /// <summary>A disk of Amazon EBS.</summary>
    [Field(4)] public partial AWSElasticBlockStoreVolumeSource? AwsElasticBlockStore { get; set; }

    /// <summary>A checked-out git repository; no longer supported.</summary>
    [Field(5)] public partial GitRepoVolumeSource? GitRepo { get; set; }

    /// <summary>The entries of a secret, as files.</summary>
    [Field(6)] public partial SecretVolumeSource? Secret { get; set; }

    /// <summary>A directory of an NFS server.</summary>
    [Field(7)] public partial NFSVolumeSource? Nfs { get; set; }

    /// <summary>A disk of an iSCSI target.</summary>
    [Field(8)] public partial ISCSIVolumeSource? Iscsi { get; set; }

    /// <summary>A GlusterFS volume.</summary>
    [Field(9)] public partial GlusterfsVolumeSource? Glusterfs { get; set; }

    /// <summary>A claimed persistent volume.</summary>
    [Field(10)] public partial PersistentVolumeClaimVolumeSource? PersistentVolumeClaim { get; set; }

    /// <summary>A Ceph block device.</summary>
    [Field(11)] public partial RBDVolumeSource? Rbd { get; set; }

    /// <summary>A volume of a FlexVolume driver.</summary>
    [Field(12)] public partial FlexVolumeSource? FlexVolume { get; set; }

    /// <summary>A disk of OpenStack Cinder.</summary>
    [Field(13)] public partial CinderVolumeSource? Cinder { get; set; }

    /// <summary>A CephFS directory.</summary>
    [Field(14)] public partial CephFSVolumeSource? Cephfs { get; set; }

    /// <summary>A Flocker dataset.</summary>
    [Field(15)] public partial FlockerVolumeSource? Flocker { get; set; }

    /// <summary>Fields of the pod, as files.</summary>
    [Field(16)] public partial DownwardAPIVolumeSource? DownwardAPI { get; set; }

    /// <summary>A Fibre Channel disk.</summary>
    [Field(17)] public partial FCVolumeSource? Fc { get; set; }

    /// <summary>A share of Azure Files.</summary>
    [Field(18)] public partial AzureFileVolumeSource? AzureFile { get; set; }

    /// <summary>The entries of a config map, as files.</summary>
    [Field(19)] public partial ConfigMapVolumeSource? ConfigMap { get; set; }

    /// <summary>A disk of vSphere.</summary>
    [Field(20)] public partial VsphereVirtualDiskVolumeSource? VsphereVolume { get; set; }

    /// <summary>A Quobyte volume.</summary>
    [Field(21)] public partial QuobyteVolumeSource? Quobyte { get; set; }

    /// <summary>A disk of Azure.</summary>
    [Field(22)] public partial AzureDiskVolumeSource? AzureDisk { get; set; }

    /// <summary>A disk of Photon Controller.</summary>
    [Field(23)] public partial PhotonPersistentDiskVolumeSource? PhotonPersistentDisk { get; set; }

    /// <summary>Several sources in one directory.</summary>
    [Field(26)] public partial ProjectedVolumeSource? Projected { get; set; }

    /// <summary>A Portworx volume.</summary>
    [Field(24)] public partial PortworxVolumeSource? PortworxVolume { get; set; }

    /// <summary>A ScaleIO volume.</summary>
    [Field(25)] public partial ScaleIOVolumeSource? ScaleIO { get; set; }

    /// <summary>A StorageOS volume.</summary>
    [Field(27)] public partial StorageOSVolumeSource? Storageos { get; set; }

    /// <summary>A volume that a CSI driver makes for the pod.</summary>
    [Field(28)] public partial CSIVolumeSource? Csi { get; set; }

    /// <summary>A claim that lives as long as the pod.</summary>
    [Field(29)] public partial EphemeralVolumeSource? Ephemeral { get; set; }

    /// <summary>The contents of an image.</summary>
    [Field(30)] public partial ImageVolumeSource? Image { get; set; }
}

/// <summary>A file or directory of the node.</summary>
public sealed partial class HostPathVolumeSource : ApiType
{
    /// <summary>Its path on the node.</summary>
    [Field(1), Required]
    public partial string Path { get; set; }

    /// <summary>What must be there, or is made: for example Directory or DirectoryOrCreate.</summary>
    [Field(2)] public partial string? Type { get; set; }
}

/// <summary>A directory that is made with the pod and removed with it.</summary>
public sealed partial class EmptyDirVolumeSource : ApiType
{
    /// <summary>Empty for the node's disk, Memory for a file system in memory.</summary>
    [Field(1)] public partial string Medium { get; set; }

    /// <summary>The most that it may hold.</summary>
    [Field(2)] public partial Quantity? SizeLimit { get; set; }
}

/// <summary>The entries of a secret, as files.</summary>
public sealed partial class SecretVolumeSource : ApiType
{
    /// <summary>The secret.</summary>
    [Field(1)] public partial string SecretName { get; set; }

    /// <summary>The entries to use and their paths; all when left out.</summary>
    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    /// <summary>The files' permission bits.</summary>
    [Field(3)] public partial int? DefaultMode { get; set; }

    /// <summary>Whether the secret may be missing.</summary>
    [Field(4)] public partial bool? Optional { get; set; }
}

/// <summary>The entries of a config map, as files.</summary>
public sealed partial class ConfigMapVolumeSource : ApiType
{
    /// <summary>The object, by name.</summary>
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    /// <summary>The entries to use and their paths; all when left out.</summary>
    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    /// <summary>The files' permission bits.</summary>
    [Field(3)] public partial int? DefaultMode { get; set; }

    /// <summary>Whether the config map may be missing.</summary>
    [Field(4)] public partial bool? Optional { get; set; }
}

/// <summary>Which entry becomes which file.</summary>
public sealed partial class KeyToPath : ApiType
{
    /// <summary>The entry's key.</summary>
    [Field(1), Required]
    public partial string Key { get; set; }

    /// <summary>The file's path.</summary>
    [Field(2), Required]
    public partial string Path { get; set; }

    /// <summary>The file's permission bits.</summary>
    [Field(3)] public partial int? Mode { get; set; }
}

/// <summary>Fields of the pod, as files.</summary>
public sealed partial class DownwardAPIVolumeSource : ApiType
{
    /// <summary>The files.</summary>
    [Field(1)] public partial ApiList<DownwardAPIVolumeFile> Items { get; set; }

    /// <summary>The files' permission bits.</summary>
    [Field(2)] public partial int? DefaultMode { get; set; }
}

/// <summary>A file with a field of the pod.</summary>
public sealed partial class DownwardAPIVolumeFile : ApiType
{
    /// <summary>The file's path.</summary>
    [Field(1), Required]
    public partial string Path { get; set; }

    /// <summary>The field of the pod.</summary>
    [Field(2)] public partial ObjectFieldSelector? FieldRef { get; set; }

    /// <summary>The resource of a container.</summary>
    [Field(3)] public partial ResourceFieldSelector? ResourceFieldRef { get; set; }

    /// <summary>The file's permission bits.</summary>
    [Field(4)] public partial int? Mode { get; set; }
}

/// <summary>The contents of an image, read-only.</summary>
public sealed partial class ImageVolumeSource : ApiType
{
    /// <summary>The image.</summary>
    [Field(1)] public partial string Reference { get; set; }

    /// <summary>When the image is pulled: Always, IfNotPresent or Never.</summary>
    [Field(2)] public partial string PullPolicy { get; set; }
}

/// <summary>A claimed persistent volume.</summary>
public sealed partial class PersistentVolumeClaimVolumeSource : ApiType
{
    /// <summary>The claim.</summary>
    [Field(1), Required]
    public partial string ClaimName { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(2)] public partial bool ReadOnly { get; set; }
}

/// <summary>A claim that lives as long as the pod.</summary>
public sealed partial class EphemeralVolumeSource : ApiType
{
    /// <summary>What the claim looks like.</summary>
    [Field(1)] public partial PersistentVolumeClaimTemplate? VolumeClaimTemplate { get; set; }
}

/// <summary>A volume that a CSI driver makes for the pod.</summary>
public sealed partial class CSIVolumeSource : ApiType
{
    /// <summary>The driver.</summary>
    [Field(1), Required]
    public partial string Driver { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(2)] public partial bool? ReadOnly { get; set; }

    /// <summary>The file system.</summary>
    [Field(3)] public partial string? FsType { get; set; }

    /// <summary>What the driver needs to know.</summary>
    [Field(4)] public partial ApiMap<string> VolumeAttributes { get; set; }

    /// <summary>The secret that the driver gets.</summary>
    [Field(5)] public partial LocalObjectReference? NodePublishSecretRef { get; set; }
}

/// <summary>A directory of an NFS server.</summary>
public sealed partial class NFSVolumeSource : ApiType
{
    /// <summary>The server.</summary>
    [Field(1), Required]
    public partial string Server { get; set; }

    /// <summary>The directory.</summary>
    [Field(2), Required]
    public partial string Path { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(3)] public partial bool ReadOnly { get; set; }
}

/// <summary>A disk of an iSCSI target.</summary>
public sealed partial class ISCSIVolumeSource : ApiType
{
    /// <summary>The target's address and port.</summary>
    [Field(1), Required]
    public partial string TargetPortal { get; set; }

    /// <summary>The target's name.</summary>
    [Field(2), Required]
    public partial string Iqn { get; set; }

    /// <summary>The unit's number.</summary>
    [Field(3), Required]
    public partial int Lun { get; set; }

    /// <summary>The interface to use.</summary>
    [Field(4)] public partial string IscsiInterface { get; set; }

    /// <summary>The file system.</summary>
    [Field(5)] public partial string FsType { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(6)] public partial bool ReadOnly { get; set; }

    /// <summary>More addresses of the target.</summary>
    [Field(7)] public partial ApiList<string> Portals { get; set; }

    /// <summary>Authenticate at discovery.</summary>
    [Field(8)] public partial bool ChapAuthDiscovery { get; set; }

    /// <summary>Authenticate the session.</summary>
    [Field(11)] public partial bool ChapAuthSession { get; set; }

    /// <summary>The secret with the credentials.</summary>
    [Field(10)] public partial LocalObjectReference? SecretRef { get; set; }

    /// <summary>The name to appear under.</summary>
    [Field(12)] public partial string? InitiatorName { get; set; }
}

/// <summary>A Fibre Channel disk.</summary>
public sealed partial class FCVolumeSource : ApiType
{
    /// <summary>The target's names.</summary>
    [Field(1)] public partial ApiList<string> TargetWWNs { get; set; }

    /// <summary>The unit's number.</summary>
    [Field(2)] public partial int? Lun { get; set; }

    /// <summary>The file system.</summary>
    [Field(3)] public partial string FsType { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(4)] public partial bool ReadOnly { get; set; }

    /// <summary>The disk's ids, instead of targets and a unit.</summary>
    [Field(5)] public partial ApiList<string> Wwids { get; set; }
}

/// <summary>A volume of a FlexVolume driver.</summary>
public sealed partial class FlexVolumeSource : ApiType
{
    /// <summary>The driver.</summary>
    [Field(1), Required]
    public partial string Driver { get; set; }

    /// <summary>The file system.</summary>
    [Field(2)] public partial string FsType { get; set; }

    /// <summary>The secret that the driver gets.</summary>
    [Field(3)] public partial LocalObjectReference? SecretRef { get; set; }

    /// <summary>Mount it read-only.</summary>
    [Field(4)] public partial bool ReadOnly { get; set; }

    /// <summary>What the driver needs to know.</summary>
    [Field(5)] public partial ApiMap<string> Options { get; set; }
}

/// <summary>A git repository.</summary>
public sealed partial class GitRepoVolumeSource : ApiType
{
    /// <summary>Its URL.</summary>
    [Field(1), Required]
    public partial string Repository { get; set; }

    /// <summary>The commit.</summary>
    [Field(2)] public partial string Revision { get; set; }

    /// <summary>Where it is checked out.</summary>
    [Field(3)] public partial string Directory { get; set; }
}
