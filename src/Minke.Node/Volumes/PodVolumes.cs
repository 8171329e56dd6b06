using System.Globalization;
using Minke.Api.Core;
using Minke.Client;
using Minke.Host;
using Minke.Node.Containers;

namespace Minke.Node.Volumes;

/// <summary>
/// Prepares the volumes of pods on this node, and removes them. Every method may be repeated: what is there already stays. Without state of its own,
/// so any thread may call it for different pods.
/// </summary>
public sealed class PodVolumes(PodPaths paths, IObjectClient client, TimeProvider time)
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF; // 777

    /// <summary>True when files in the pod's volumes follow objects.</summary>
    public static bool FollowObjects(Pod pod) => pod.Spec.Volumes.Any(static volume => VolumeFiles.IsMadeOfFiles(volume.Source));

    /// <summary>Makes all of the pod's volumes, and brings files that follow objects up to date.</summary>
    /// <exception cref="VolumeException">One of them cannot be made (now).</exception>
    public async Task PrepareAsync(Pod pod, DownwardValues downward, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(paths.PodDirectory(pod.Metadata.Uid));
        var sources = new ConfigSources(client, pod.Metadata.Namespace);
        foreach (var volume in pod.Spec.Volumes)
        {
            try
            {
                await PrepareAsync(pod, volume, downward, sources, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or PodConfigException)
            {
                throw new VolumeException($"MountVolume.SetUp failed for volume \"{volume.Name}\" : {e.Message}", permanent: false, e);
            }
        }
    }

    /// <summary>The mounts that give a container its volumes.</summary>
    /// <exception cref="PodConfigException">A mount names a volume or a path in it that cannot be used.</exception>
    public IReadOnlyList<Cri.Mount> MountsFor(Pod pod, Container container, IReadOnlyDictionary<string, string> environment)
    {
        if (container.VolumeDevices.Count > 0)
        {
            throw new PodConfigException("volumeDevices are not supported yet");
        }

        var mounts = new List<Cri.Mount>(container.VolumeMounts.Count);
        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            var mount = container.VolumeMounts[i];
            var volume = pod.Spec.Volumes.FirstOrDefault(volume => volume.Name == mount.Name)
                ?? throw new PodConfigException($"there is no volume \"{mount.Name}\" for mount {mount.MountPath}");
            mounts.Add(new Cri.Mount
            {
                ContainerPath = Path.Combine("/", mount.MountPath),
                HostPath = SourceOf(pod, volume, mount, container, i, environment),
                Readonly = mount.ReadOnly || VolumeFiles.IsMadeOfFiles(volume.Source),
                Propagation = mount.MountPropagation switch
                {
                    "HostToContainer" => Cri.MountPropagation.PropagationHostToContainer,
                    "Bidirectional" => Cri.MountPropagation.PropagationBidirectional,
                    _ => Cri.MountPropagation.PropagationPrivate,
                },
            });
        }

        return mounts;
    }

    /// <summary>Removes everything that a pod has below its directory, whether its volumes were prepared fully or not.</summary>
    public void Remove(string uid)
    {
        var directory = paths.PodDirectory(uid);
        if (Directory.Exists(directory))
        {
            MountTable.UnmountBelow(directory);
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Removes the volumes, but not the rest of the pod's directory.</summary>
    public void RemoveVolumes(string uid)
    {
        foreach (var directory in (ReadOnlySpan<string>)[Path.Combine(paths.PodDirectory(uid), "subpaths"), paths.VolumesDirectory(uid)])
        {
            if (Directory.Exists(directory))
            {
                MountTable.UnmountBelow(directory);
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private async Task PrepareAsync(Pod pod, Volume volume, DownwardValues downward, ConfigSources sources, CancellationToken cancellationToken)
    {
        var source = volume.Source;
        var directory = paths.Volume(pod.Metadata.Uid, volume.Name);
        var group = pod.Spec.SecurityContext?.FsGroup;
        if (VolumeFiles.IsMadeOfFiles(source))
        {
            var files = await VolumeFiles.CollectAsync(source, downward, sources, cancellationToken);
            MakeDirectory(directory, VolumeFiles.HoldsSecrets(source) ? "mode=0755" : null);

            AtomicFiles.Write(directory, files, group, time.GetUtcNow());
        }
        else if (source.HostPath is { } hostPath)
        {
            HostPaths.Prepare(hostPath);
        }
        else if (source.EmptyDir is { } empty || IsUnset(source))
        {
            PrepareEmpty(directory, source.EmptyDir ?? new EmptyDirVolumeSource(), group);
        }
        else
        {
            throw new VolumeException($"volume \"{volume.Name}\" is of a kind that is not supported yet: {VolumeKinds.NameOf(source)}", permanent: true);
        }
    }

    /// <summary>A volume without a source is an emptyDir.</summary>
    private static bool IsUnset(VolumeSource source) => VolumeKinds.NameOf(source).Length == 0;

    private static void PrepareEmpty(string directory, EmptyDirVolumeSource source, long? group)
    {
        if (source.Medium is not ("" or "Memory"))
        {
            throw new VolumeException($"the emptyDir medium {source.Medium} is not supported yet", permanent: true);
        }

        var size = source.SizeLimit is { Sign: > 0 } limit ? string.Create(CultureInfo.InvariantCulture, $",size={limit.Value}") : "";
        if (!MakeDirectory(directory, source.Medium == "Memory" ? $"mode=0777{size}" : null))
        {
            return;
        }

        File.SetUnixFileMode(directory, Everybody);
        if (group is { } owner)
        {
            NativeFiles.GiveToGroup(directory, (uint)owner);
        }
    }

    /// <summary>False when it was there: as a directory, or as a mount in memory, which does not outlive the machine.</summary>
    private static bool MakeDirectory(string directory, string? tmpfsOptions)
    {
        if (tmpfsOptions is not null)
        {
            var target = Directory.CreateDirectory(directory).FullName;
            if (MountTable.ListBelow(target).Contains(target))
            {
                return false;
            }

            NativeFiles.MountTmpfs(target, tmpfsOptions);
            return true;
        }

        var isNew = !Directory.Exists(directory);
        Directory.CreateDirectory(directory);
        return isNew;
    }

    private string SourceOf(Pod pod, Volume volume, VolumeMount mount, Container container, int index, IReadOnlyDictionary<string, string> environment)
    {
        var root = volume.Source.HostPath?.Path ?? paths.Volume(pod.Metadata.Uid, volume.Name);
        var subPath = mount.SubPathExpr.Length > 0 ? Expansion.Expand(mount.SubPathExpr, environment) : mount.SubPath;
        if (subPath.Length == 0)
        {
            return root;
        }

        if (Path.IsPathRooted(subPath) || subPath.Split('/').Contains(".."))
        {
            throw new PodConfigException($"the subPath \"{subPath}\" of volume \"{volume.Name}\" leaves the volume");
        }

        try
        {
            return BindSubPath(root, subPath, paths.SubPath(pod.Metadata.Uid, volume.Name, container.Name, index));
        }
        catch (IOException e)
        {
            throw new PodConfigException($"failed to prepare subPath for volumeMount \"{mount.Name}\" of container \"{container.Name}\": {e.Message}");
        }
    }

    /// <summary>The runtime gets a mount of the very file that was checked, not a path that may mean something else when it looks.</summary>
    private static string BindSubPath(string root, string subPath, string target)
    {
        using var source = NativeFiles.OpenInside(root, subPath);
        if (File.Exists(target) || Directory.Exists(target))
        {
            // Of an earlier start of the container: the path may lead somewhere else by now.
            if (MountTable.ListBelow(target).Contains(target))
            {
                NativeFiles.Unmount(target);
            }
        }
        else if (Directory.Exists(NativeFiles.PathOf(source)))
        {
            Directory.CreateDirectory(target);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, []);
        }

        NativeFiles.BindMount(source, target);
        return target;
    }
}
