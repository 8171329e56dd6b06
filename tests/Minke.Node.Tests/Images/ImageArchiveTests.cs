using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Minke.Node.Images;

namespace Minke.Node.Tests.Images;

public sealed class ImageArchiveTests
{
    [Fact]
    public async Task SameDirectory_GivesTheSameBytesWhateverItsTimesAre()
    {
        var directory = Directory.CreateTempSubdirectory("minke-archive-");
        try
        {
            var file = Path.Combine(directory.FullName, "a.txt");
            await File.WriteAllTextAsync(file, "a", TestContext.Current.CancellationToken);
            Directory.CreateDirectory(Path.Combine(directory.FullName, "sub"));
            File.CreateSymbolicLink(Path.Combine(directory.FullName, "sub", "link"), "../a.txt");
            var first = await WriteAsync(directory);
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(40));

            Assert.Equal(first, await WriteAsync(directory));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Archive_IsAnOciLayoutWhoseDigestsHold()
    {
        using var layer = new MemoryStream("layer"u8.ToArray());
        using var archive = new MemoryStream();
        await ImageArchive.WriteAsync(archive, ["minke.local/a:1", "minke.local/b:2"], new ImageConfig { Command = ["sh"] }, layer, TestContext.Current.CancellationToken);
        var files = Read(archive);

        var index = JsonNode.Parse(files["index.json"])!["manifests"]!.AsArray();
        Assert.Equal(["minke.local/a:1", "minke.local/b:2"], index.Select(m => (string?)m!["annotations"]!["io.containerd.image.name"]));
        var manifest = JsonNode.Parse(Blob(files, index[0]!))!;
        var config = JsonNode.Parse(Blob(files, manifest["config"]!))!;
        Assert.Equal("layer"u8.ToArray(), Blob(files, manifest["layers"]![0]!));
        Assert.Equal((string?)manifest["layers"]![0]!["digest"], (string?)config["rootfs"]!["diff_ids"]![0]);
        Assert.Equal("sh", (string?)config["config"]!["Cmd"]![0]);
        Assert.StartsWith("PATH=", (string?)config["config"]!["Env"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public void PipeInTheDirectory_IsRefused()
    {
        var directory = Directory.CreateTempSubdirectory("minke-pipe-");
        try
        {
            using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(directory.FullName, "p")]))
            {
                mkfifo.WaitForExit();
            }

            using var layer = new ImageLayer(Stream.Null);
            Assert.Throws<InvalidDataException>(() => layer.AddTree(directory));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<byte[]> WriteAsync(DirectoryInfo directory)
    {
        using var layer = new MemoryStream();
        using (var writer = new ImageLayer(layer))
        {
            writer.AddTree(directory);
        }

        using var archive = new MemoryStream();
        await ImageArchive.WriteAsync(archive, ["minke.local/a:1"], new ImageConfig(), layer, TestContext.Current.CancellationToken);
        return archive.ToArray();
    }

    private static Dictionary<string, byte[]> Read(MemoryStream archive)
    {
        archive.Position = 0;
        using var tar = new TarReader(archive, leaveOpen: true);
        var files = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files.Add(entry.Name, content.ToArray());
        }

        return files;
    }

    private static byte[] Blob(Dictionary<string, byte[]> files, JsonNode descriptor)
    {
        var digest = ((string)descriptor["digest"]!)["sha256:".Length..];
        var content = files["blobs/sha256/" + digest];
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(content)));
        Assert.Equal((int)descriptor["size"]!, content.Length);
        return content;
    }
}
