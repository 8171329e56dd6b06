using Minke.Api.Core;

namespace Minke.Node.Volumes;

/// <summary>Names the kind of a volume, for messages.</summary>
internal static class VolumeKinds
{
    /// <summary>The name of the field that is set; empty when none is.</summary>
    public static string NameOf(VolumeSource source) => source switch
    {
        { EmptyDir: not null } => "emptyDir",
        { HostPath: not null } => "hostPath",
        { ConfigMap: not null } => "configMap",
        { Secret: not null } => "secret",
        { DownwardAPI: not null } => "downwardAPI",
        { Projected: not null } => "projected",
        { PersistentVolumeClaim: not null } => "persistentVolumeClaim",
        { Ephemeral: not null } => "ephemeral",
        { Csi: not null } => "csi",
        { Image: not null } => "image",
        { Nfs: not null } => "nfs",
        { Iscsi: not null } => "iscsi",
        { GcePersistentDisk: not null } => "gcePersistentDisk",
        { AwsElasticBlockStore: not null } => "awsElasticBlockStore",
        { GitRepo: not null } => "gitRepo",
        { Glusterfs: not null } => "glusterfs",
        { Rbd: not null } => "rbd",
        { FlexVolume: not null } => "flexVolume",
        { Cinder: not null } => "cinder",
        { Cephfs: not null } => "cephfs",
        { Flocker: not null } => "flocker",
        { Fc: not null } => "fc",
        { AzureFile: not null } => "azureFile",
        { VsphereVolume: not null } => "vsphereVolume",
        { Quobyte: not null } => "quobyte",
        { AzureDisk: not null } => "azureDisk",
        { PhotonPersistentDisk: not null } => "photonPersistentDisk",
        { PortworxVolume: not null } => "portworxVolume",
        { ScaleIO: not null } => "scaleIO",
        { Storageos: not null } => "storageos",
        _ => "",
    };
}
