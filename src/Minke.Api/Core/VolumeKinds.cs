namespace Minke.Api.Core;

/// <summary>Which of the kinds of volumes a source names.</summary>
internal static class VolumeKinds
{
    /// <summary>The JSON names of the kinds that are set, in the order of their declaration.</summary>
    public static IEnumerable<string> Of(VolumeSource source)
    {
        (string Name, ApiType? Value)[] kinds =
        [
            ("hostPath", source.HostPath), ("emptyDir", source.EmptyDir), ("gcePersistentDisk", source.GcePersistentDisk),
            ("awsElasticBlockStore", source.AwsElasticBlockStore), ("gitRepo", source.GitRepo), ("secret", source.Secret), ("nfs", source.Nfs),
            ("iscsi", source.Iscsi), ("glusterfs", source.Glusterfs), ("persistentVolumeClaim", source.PersistentVolumeClaim), ("rbd", source.Rbd),
            ("flexVolume", source.FlexVolume), ("cinder", source.Cinder), ("cephfs", source.Cephfs), ("flocker", source.Flocker),
            ("downwardAPI", source.DownwardAPI), ("fc", source.Fc), ("azureFile", source.AzureFile), ("configMap", source.ConfigMap),
            ("vsphereVolume", source.VsphereVolume), ("quobyte", source.Quobyte), ("azureDisk", source.AzureDisk),
            ("photonPersistentDisk", source.PhotonPersistentDisk), ("projected", source.Projected), ("portworxVolume", source.PortworxVolume),
            ("scaleIO", source.ScaleIO), ("storageos", source.Storageos), ("csi", source.Csi), ("ephemeral", source.Ephemeral), ("image", source.Image),
        ];
        return kinds.Where(kind => kind.Value is not null).Select(kind => kind.Name);
    }
}
