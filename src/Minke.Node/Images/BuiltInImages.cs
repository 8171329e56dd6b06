using System.Runtime.InteropServices;
using System.Text;
using Minke.Host;

namespace Minke.Node.Images;

/// <summary>The two images that are made from local parts, so that the first pod needs no registry.</summary>
public static class BuiltInImages
{
    /// <summary>The image of every pod's sandbox.</summary>
    public const string PauseReference = ImageReference.LocalDomain + "/pause:1";

    /// <summary>A small image to try things with: busybox with all its applets on PATH.</summary>
    public const string DemoReference = ImageReference.LocalDomain + "/demo:latest";

    /// <summary>What the demo image is made from: Debian's package busybox-static.</summary>
    public const string BusyboxPath = "/bin/busybox";

    private const UnixFileMode ProgramMode = (UnixFileMode)0b111_101_101; // rwxr-xr-x
    private const UnixFileMode TextMode = (UnixFileMode)0b110_100_100; // rw-r--r--
    private const UnixFileMode SharedMode = (UnixFileMode)0b1_111_111_111; // rwxrwxrwt
    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Writes the pause image's archive.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no pause program for this processor.</exception>
    public static async Task WritePauseAsync(Stream target, CancellationToken cancellationToken)
    {
        if (RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new PlatformNotSupportedException(
                $"the pause image can be built for x86-64 only, not for {RuntimeInformation.OSArchitecture}");
        }

        using var layer = new MemoryStream();
        using (var writer = new ImageLayer(layer))
        {
            using var program = new MemoryStream(PauseProgram.Build());
            writer.AddFile("pause", ProgramMode, program);
        }

        await ImageArchive.WriteAsync(target, [PauseReference], new ImageConfig { Entrypoint = ["/pause"] }, layer, cancellationToken);
    }

    /// <summary>Writes the demo image's archive.</summary>
    /// <exception cref="HostCommandException">busybox does not run.</exception>
    /// <exception cref="IOException">busybox cannot be read.</exception>
    public static async Task WriteDemoAsync(Stream target, HostCommand command, CancellationToken cancellationToken)
    {
        var list = await command.CheckAsync(BusyboxPath, ["--list"], null, ListTimeout, cancellationToken);
        var applets = list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(a => a != "busybox").Order(StringComparer.Ordinal);

        using var layer = new MemoryStream();
        using (var writer = new ImageLayer(layer))
        {
            AddFolders(writer);
            await using var busybox = File.OpenRead(BusyboxPath);
            writer.AddFile("bin/busybox", ProgramMode, busybox);
            foreach (var applet in applets)
            {
                writer.AddLink("bin/" + applet, "busybox");
            }

            AddText(writer, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n");
            AddText(writer, "etc/group", "root:x:0:\nnogroup:x:65534:\n");
        }

        await ImageArchive.WriteAsync(target, [DemoReference], new ImageConfig { Command = ["sh"] }, layer, cancellationToken);
    }

    private static void AddFolders(ImageLayer writer)
    {
        foreach (var folder in (ReadOnlySpan<string>)["bin", "dev", "etc", "home", "proc", "root", "sys", "usr", "var"])
        {
            writer.AddDirectory(folder);
        }

        writer.AddDirectory("tmp", SharedMode);
        writer.AddLink("usr/bin", "../bin");
        writer.AddDirectory("var/www");
    }

    private static void AddText(ImageLayer writer, string path, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        writer.AddFile(path, TextMode, content);
    }
}
