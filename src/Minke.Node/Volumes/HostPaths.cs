using Minke.Api.Core;

namespace Minke.Node.Volumes;

/// <summary>Checks, and where asked makes, what a hostPath volume names (https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types).</summary>
internal static class HostPaths
{
    /// <exception cref="VolumeException">It is not what the volume says.</exception>
    public static void Prepare(HostPathVolumeSource source)
    {
        var path = source.Path;
        switch (source.Type ?? "")
        {
            case "":
                return;
            case "DirectoryOrCreate":
                if (!File.Exists(path))
                {
                    Directory.CreateDirectory(path);
                }

                Require(Directory.Exists(path), path, "a directory");
                return;
            case "FileOrCreate":
                if (!Directory.Exists(path) && !File.Exists(path))
                {
                    File.WriteAllBytes(path, []);
                }

                Require(IsFile(path), path, "a file");
                return;
            case "Directory":
                Require(Directory.Exists(path), path, "a directory");
                return;
            case "File":
                Require(IsFile(path), path, "a file");
                return;
            case "Socket":
                Require(SpecialFile.KindOf(path) == SpecialFileKind.Socket, path, "a socket");
                return;
            case "CharDevice":
                Require(SpecialFile.KindOf(path) == SpecialFileKind.CharacterDevice, path, "a character device");
                return;
            case "BlockDevice":
                Require(SpecialFile.KindOf(path) == SpecialFileKind.BlockDevice, path, "a block device");
                return;
            case var other:
                throw new VolumeException($"the hostPath type {other} is not known", permanent: true);
        }
    }

    private static bool IsFile(string path) => File.Exists(path) && SpecialFile.KindOf(path) == SpecialFileKind.None;

    private static void Require(bool condition, string path, string what)
    {
        if (!condition)
        {
            throw new VolumeException($"hostPath type check failed: {path} is not {what}");
        }
    }
}
