using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Minke.Testing.Runtime;

/// <summary>Builds a small image out of the machine's static busybox, as a docker archive that every runtime can import.</summary>
public static class BusyboxImage
{
    private const string Busybox = "/bin/busybox";

    private static readonly string[] s_applets =
        ["sh", "sleep", "cat", "echo", "ls", "id", "env", "true", "false", "hostname", "touch", "mkdir", "rm", "wget", "nc", "httpd", "kill", "ps", "head", "dd", "stat", "grep", "test", "ipcs", "tar"];

    public static bool IsAvailable => File.Exists(Busybox);

    /// <summary>Writes <paramref name="archivePath"/>; the image is named by each of <paramref name="names"/> and runs <paramref name="command"/>.</summary>
    public static void Write(string archivePath, IReadOnlyList<string> command, params IReadOnlyList<string> names)
    {
        var layer = Layer();
        var diffId = Convert.ToHexStringLower(SHA256.HashData(layer));
        var config = Encoding.UTF8.GetBytes($$$"""
            {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":[{{{Quote(command)}}}]},
            "rootfs":{"type":"layers","diff_ids":["sha256:{{{diffId}}}"]},"history":[{"created_by":"busybox"}]}
            """);
        var manifest = Encoding.UTF8.GetBytes($$"""[{"Config":"config.json","RepoTags":[{{Quote(names)}}],"Layers":["layer.tar"]}]""");
        using var file = File.Create(archivePath);
        using var archive = new TarWriter(file);
        Add(archive, "config.json", config);
        Add(archive, "layer.tar", layer);
        Add(archive, "manifest.json", manifest);
    }

    private static string Quote(IEnumerable<string> items) => string.Join(',', items.Select(item => $"\"{item}\""));

    private static byte[] Layer()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var directory in (ReadOnlySpan<string>)["bin/", "etc/", "tmp/"])
            {
                var mode = directory == "tmp/" ? (UnixFileMode)0x3FF : (UnixFileMode)0x1ED; // 1777 and 755
                tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, directory) { Mode = mode });
            }

            Add(tar, "bin/busybox", File.ReadAllBytes(Busybox), (UnixFileMode)0x1ED);
            Add(tar, "etc/passwd", "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"u8.ToArray());
            Add(tar, "etc/group", "root:x:0:\nnogroup:x:65534:\n"u8.ToArray());
            foreach (var applet in s_applets)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox" });
            }
        }

        return stream.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
    {
        using var data = new MemoryStream(content);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data, Mode = mode });
    }
}
