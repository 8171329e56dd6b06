using System.Formats.Tar;
using Minke.Host;

namespace Minke.Node.Images;

/// <summary>
/// One filesystem layer of an image as a tar stream. The same content always gives the same bytes: everything belongs to root and dates from 1970, and
/// directory trees are added in ordinal order of names.
/// </summary>
internal sealed class ImageLayer : IDisposable
{
    private const UnixFileMode DirectoryMode = (UnixFileMode)0b111_101_101; // rwxr-xr-x
    private const UnixFileMode LinkMode = (UnixFileMode)0b111_111_111;

    private readonly TarWriter _tar;

    public ImageLayer(Stream target) => _tar = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true);

    public void AddDirectory(string path, UnixFileMode mode = DirectoryMode) => Add(TarEntryType.Directory, path, mode, null, null);

    public void AddFile(string path, UnixFileMode mode, Stream content) => Add(TarEntryType.RegularFile, path, mode, null, content);

    public void AddLink(string path, string target) => Add(TarEntryType.SymbolicLink, path, LinkMode, target, null);

    /// <summary>Adds what is in a directory, as the layer's root. Links are kept as links.</summary>
    /// <exception cref="InvalidDataException">There is a device, socket or pipe in it.</exception>
    public void AddTree(DirectoryInfo root) => AddTree(root, "");

    public void Dispose() => _tar.Dispose();

    private void AddTree(DirectoryInfo directory, string path)
    {
        foreach (var item in directory.EnumerateFileSystemInfos().OrderBy(i => i.Name, StringComparer.Ordinal))
        {
            var itemPath = path.Length == 0 ? item.Name : $"{path}/{item.Name}";
            if (item.LinkTarget is { } target)
            {
                AddLink(itemPath, target);
            }
            else if (item is DirectoryInfo child)
            {
                AddDirectory(itemPath, child.UnixFileMode);
                AddTree(child, itemPath);
            }
            else
            {
                AddRegularFile((FileInfo)item, itemPath);
            }
        }
    }

    private void AddRegularFile(FileInfo file, string path)
    {
        if (!FileKind.IsRegular(file.FullName))
        {
            throw new InvalidDataException($"{file.FullName} is not a file, directory or link; an image cannot hold it");
        }

        using var content = file.OpenRead();
        AddFile(path, file.UnixFileMode, content);
    }

    private void Add(TarEntryType type, string path, UnixFileMode mode, string? linkTarget, Stream? content)
    {
        var entry = new GnuTarEntry(type, path)
        {
            Mode = mode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            AccessTime = DateTimeOffset.UnixEpoch,
            ChangeTime = DateTimeOffset.UnixEpoch,
        };
        if (content is not null)
        {
            entry.DataStream = content;
        }

        if (linkTarget is not null)
        {
            entry.LinkName = linkTarget;
        }

        _tar.WriteEntry(entry);
    }
}
