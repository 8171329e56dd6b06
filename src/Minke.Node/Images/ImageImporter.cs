using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Minke.Host;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Images;

/// <summary>
/// Brings images into containerd without a registry: archives of <c>docker save</c> or in OCI layout, maybe gzipped, and plain directories. CRI has no call
/// for that, so containerd's own client <c>ctr</c> does it, in the namespace that CRI uses.
/// </summary>
/// <param name="socketPath">containerd's socket.</param>
/// <param name="runtime">A client of the same containerd, to see when it knows an image.</param>
public sealed partial class ImageImporter(string socketPath, IContainerRuntime runtime, HostCommand command, TimeProvider time, ILogger<ImageImporter> logger)
{
    private const string CriNamespace = "k8s.io";
    private static readonly TimeSpan ImportTimeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan VisiblePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan VisibleInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Loads an archive and returns the full names of the images in it, when pods can use them.</summary>
    /// <exception cref="InvalidDataException">The file is no image archive.</exception>
    /// <exception cref="HostCommandException">containerd refuses it; the message says why.</exception>
    public async Task<IReadOnlyList<string>> LoadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        if (!IsGzip(stream))
        {
            return await ImportAsync(stream, cancellationToken);
        }

        await using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        return await ImportAsync(unzipped, cancellationToken);
    }

    /// <summary>Makes an image whose only layer is what is in a directory, and returns its full name, when pods can use it.</summary>
    /// <exception cref="FormatException">The name is not valid.</exception>
    /// <exception cref="InvalidDataException">The directory holds something that an image cannot.</exception>
    /// <exception cref="HostCommandException">containerd refuses the image; the message says why.</exception>
    public async Task<string> BuildAsync(string name, DirectoryInfo directory, ImageConfig config, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Normalize(name);
        await using var layer = CreateTemporary();
        using (var writer = new ImageLayer(layer))
        {
            writer.AddTree(directory);
        }

        await using var archive = CreateTemporary();
        await ImageArchive.WriteAsync(archive, [reference], config, layer, cancellationToken);
        archive.Position = 0;
        await ImportAsync(archive, cancellationToken);
        return reference;
    }

    /// <summary>Makes the built-in images unless containerd has them.</summary>
    /// <exception cref="PlatformNotSupportedException">The pause image is missing and cannot be made for this processor.</exception>
    /// <exception cref="HostCommandException">An image cannot be made or imported.</exception>
    public Task EnsureBuiltInAsync(CancellationToken cancellationToken) => Task.WhenAll(
        EnsureAsync(BuiltInImages.PauseReference, target => BuiltInImages.WritePauseAsync(target, cancellationToken), cancellationToken),
        EnsureAsync(BuiltInImages.DemoReference, target => BuiltInImages.WriteDemoAsync(target, command, cancellationToken), cancellationToken));

    private async Task EnsureAsync(string reference, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        if (await runtime.ImageStatusAsync(new ImageSpec { Image = reference }, cancellationToken) is not null)
        {
            return;
        }

        using var archive = new MemoryStream();
        await write(archive);
        archive.Position = 0;
        await ImportAsync(archive, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> ImportAsync(Stream archive, CancellationToken cancellationToken)
    {
        string[] arguments = ["--address", socketPath, "--namespace", CriNamespace, "images", "import", "-"];
        var output = await command.CheckAsync("ctr", arguments, archive, ImportTimeout, cancellationToken);
        var names = ImportedName().Matches(output).Select(m => m.Groups["name"].Value).ToList();
        if (names.Count == 0)
        {
            throw new InvalidDataException("there is no image for this machine in the archive; it must be made by 'docker save' or be an OCI layout");
        }

        foreach (var name in names)
        {
            await WaitVisibleAsync(name, cancellationToken);
            LogImported(logger, name);
        }

        return names;
    }

    // containerd's CRI plugin learns of images made by other clients through events, a moment after the import.
    private async Task WaitVisibleAsync(string name, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (await runtime.ImageStatusAsync(new ImageSpec { Image = name }, cancellationToken) is null)
        {
            if (time.GetElapsedTime(start) > VisiblePatience)
            {
                throw new TimeoutException($"containerd imported {name} but does not list it after {VisiblePatience.TotalSeconds} s");
            }

            await Task.Delay(VisibleInterval, time, cancellationToken);
        }
    }

    private static bool IsGzip(FileStream stream)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == magic.Length && magic is [0x1F, 0x8B];
    }

    private static FileStream CreateTemporary() =>
        new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 64 * 1024, FileOptions.DeleteOnClose);

    // One line per image, such as "unpacking docker.io/library/web:1 (sha256:…)...done".
    [GeneratedRegex(@"^unpacking (?<name>\S+) \(", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex ImportedName();

    [LoggerMessage(1, LogLevel.Information, "imported image {Name}")]
    private static partial void LogImported(ILogger logger, string name);
}
