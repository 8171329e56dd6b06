namespace Minke.Api.Core;

/// <summary>What a volume has when its manifest does not say otherwise.</summary>
internal static class VolumeDefaults
{
    private const int FileMode = 0x1A4; // 0644
    private const long TokenSeconds = 3600;

    public static void Apply(VolumeSource source)
    {
        if (!VolumeKinds.Of(source).Any())
        {
            source.EmptyDir = new EmptyDirVolumeSource();
        }

        source.HostPath?.Type ??= "";
        source.Secret?.DefaultMode ??= FileMode;
        source.ConfigMap?.DefaultMode ??= FileMode;
        source.DownwardAPI?.DefaultMode ??= FileMode;
        Apply(source.DownwardAPI?.Items);
        Apply(source.Projected);
        source.Ephemeral?.VolumeClaimTemplate?.Spec.VolumeMode ??= "Filesystem";
        if (source.Image is { PullPolicy: "" } image)
        {
            image.PullPolicy = ContainerDefaults.PullPolicyOf(image.Reference);
        }

        ApplyProviders(source);
    }

    public static void Apply(ObjectFieldSelector? field)
    {
        if (field is { ApiVersion: "" })
        {
            field.ApiVersion = "v1";
        }
    }

    private static void Apply(ProjectedVolumeSource? projected)
    {
        if (projected is null)
        {
            return;
        }

        projected.DefaultMode ??= FileMode;
        foreach (var source in projected.Sources)
        {
            source.ServiceAccountToken?.ExpirationSeconds ??= TokenSeconds;
            Apply(source.DownwardAPI?.Items);
        }
    }

    private static void Apply(ApiList<DownwardAPIVolumeFile>? files)
    {
        foreach (var file in files ?? [])
        {
            Apply(file.FieldRef);
        }
    }

    private static void ApplyProviders(VolumeSource source)
    {
        if (source.Iscsi is { IscsiInterface: "" } iscsi)
        {
            iscsi.IscsiInterface = "default";
        }

        if (source.Rbd is { } rbd)
        {
            rbd.Pool = PodSpecDefaults.Or(rbd.Pool, "rbd");
            rbd.User = PodSpecDefaults.Or(rbd.User, "admin");
            rbd.Keyring = PodSpecDefaults.Or(rbd.Keyring, "/etc/ceph/keyring");
        }

        if (source.AzureDisk is { } disk)
        {
            disk.CachingMode ??= "ReadWrite";
            disk.Kind ??= "Shared";
            disk.FsType ??= "ext4";
            disk.ReadOnly ??= false;
        }

        if (source.ScaleIO is { } scaleIO)
        {
            scaleIO.StorageMode = PodSpecDefaults.Or(scaleIO.StorageMode, "ThinProvisioned");
            scaleIO.FsType = PodSpecDefaults.Or(scaleIO.FsType, "xfs");
        }
    }
}
