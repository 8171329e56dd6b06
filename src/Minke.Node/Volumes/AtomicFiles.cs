using System.Globalization;

namespace Minke.Node.Volumes;

/// <summary>One file of a volume.</summary>
/// <param name="Mode">Permission bits.</param>
public sealed record VolumeFile(ReadOnlyMemory<byte> Content, int Mode);

/// <summary>
/// Keeps a directory equal to a set of files so that readers see all of a change or nothing: the files are in a directory of their own,
/// <c>..data</c> is a link to it, and what users open are links through <c>..data</c>. A change makes a new directory and moves the one link
/// (the layout that Kubernetes documents for config maps and secrets, and programs watch for).
/// </summary>
public static class AtomicFiles
{
    private const string DataLink = "..data";
    private const string NewDataLink = "..data_tmp";

    /// <summary>Returns whether anything was changed.</summary>
    /// <param name="directory">Exists.</param>
    /// <param name="files">By path below the directory; no path leaves it.</param>
    public static bool Write(string directory, IReadOnlyDictionary<string, VolumeFile> files, long? group, DateTimeOffset now)
    {
        foreach (var path in files.Keys)
        {
            CheckPath(path);
        }

        var link = Path.Combine(directory, DataLink);
        var current = new DirectoryInfo(link).LinkTarget;
        if (current is not null && IsSame(Path.Combine(directory, current), files))
        {
            return false;
        }

        var version = WriteVersion(directory, files, group, now);
        var newLink = Path.Combine(directory, NewDataLink);
        File.Delete(newLink);
        File.CreateSymbolicLink(newLink, version);
        NativeFiles.Replace(newLink, link);
        LinkNames(directory, files);
        if (current is not null)
        {
            Directory.Delete(Path.Combine(directory, current), recursive: true);
        }

        return true;
    }

    private static string WriteVersion(string directory, IReadOnlyDictionary<string, VolumeFile> files, long? group, DateTimeOffset now)
    {
        var name = $"..{now.UtcDateTime.ToString("yyyy_MM_dd_HH_mm_ss.fffffff", CultureInfo.InvariantCulture)}";
        while (Directory.Exists(Path.Combine(directory, name)))
        {
            name += "x";
        }

        var root = Path.Combine(directory, name);
        MakeDirectory(root, group);
        foreach (var (path, file) in files)
        {
            var parts = path.Split('/');
            var parent = root;
            foreach (var part in parts[..^1])
            {
                parent = Path.Combine(parent, part);
                if (!Directory.Exists(parent))
                {
                    MakeDirectory(parent, group);
                }
            }

            var target = Path.Combine(parent, parts[^1]);
            File.WriteAllBytes(target, file.Content.Span);
            if (group is { } owner)
            {
                NativeFiles.GiveToGroup(target, (uint)owner);
            }

            var readableByGroup = group is null ? 0 : UnixFileMode.GroupRead;
            File.SetUnixFileMode(target, (UnixFileMode)(file.Mode & 0x1FF) | readableByGroup);
        }

        return name;
    }

    private static void MakeDirectory(string path, long? group)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED); // 755
        if (group is { } owner)
        {
            NativeFiles.GiveToGroup(path, (uint)owner);
        }
    }

    private static void LinkNames(string directory, IReadOnlyDictionary<string, VolumeFile> files)
    {
        var wanted = files.Keys.Select(static path => path.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var name in wanted)
        {
            var link = Path.Combine(directory, name);
            if (new FileInfo(link).LinkTarget is null)
            {
                File.CreateSymbolicLink(link, $"{DataLink}/{name}");
            }
        }

        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (!entry.Name.StartsWith("..", StringComparison.Ordinal) && !wanted.Contains(entry.Name))
            {
                entry.Delete();
            }
        }
    }

    private static bool IsSame(string root, IReadOnlyDictionary<string, VolumeFile> files)
    {
        if (!Directory.Exists(root))
        {
            return false;
        }

        var present = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path)).ToHashSet(StringComparer.Ordinal);
        return present.SetEquals(files.Keys) && files.All(file => File.ReadAllBytes(Path.Combine(root, file.Key)).AsSpan().SequenceEqual(file.Value.Content.Span));
    }

    /// <exception cref="VolumeException">The path would leave the volume or hide its own links.</exception>
    private static void CheckPath(string path)
    {
        var parts = path.Split('/');
        if (Path.IsPathRooted(path) || parts.Any(static part => part is "" or "." or "..") || parts[0].StartsWith("..", StringComparison.Ordinal))
        {
            throw new VolumeException($"the path \"{path}\" is not allowed in a volume", permanent: true);
        }
    }
}
