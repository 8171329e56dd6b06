using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Minke.Node.Images;

/// <summary>
/// Writes an image of one layer as an OCI archive: a tar of an OCI image layout (https://github.com/opencontainers/image-spec, image-layout.md). Only the
/// content decides the bytes, so the same content always is the same image.
/// </summary>
internal static class ImageArchive
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>Writes the archive.</summary>
    /// <param name="references">The image's full names.</param>
    /// <param name="layer">The layer's uncompressed tar; read twice, from its start.</param>
    public static async Task WriteAsync(
        Stream target, IReadOnlyList<string> references, ImageConfig config, Stream layer, CancellationToken cancellationToken)
    {
        layer.Position = 0;
        var layerDigest = Convert.ToHexStringLower(await SHA256.HashDataAsync(layer, cancellationToken));
        layer.Position = 0;
        var configBytes = WriteJson(json => WriteConfig(json, config, layerDigest));
        var manifest = WriteJson(json => WriteManifest(json, configBytes, layerDigest, layer.Length));
        var index = WriteJson(json => WriteIndex(json, references, manifest));

        await using var tar = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true);
        await AddAsync(tar, "oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(), cancellationToken);
        await AddAsync(tar, "index.json", index, cancellationToken);
        await AddAsync(tar, "blobs/sha256/" + Digest(manifest), manifest, cancellationToken);
        await AddAsync(tar, "blobs/sha256/" + Digest(configBytes), configBytes, cancellationToken);
        await AddAsync(tar, "blobs/sha256/" + layerDigest, layer, cancellationToken);
    }

    /// <summary>This machine's architecture by the name that images use.</summary>
    public static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static void WriteConfig(Utf8JsonWriter json, ImageConfig config, string layerDigest)
    {
        json.WriteStartObject();
        json.WriteString("architecture", Architecture);
        json.WriteString("os", "linux");
        json.WriteStartObject("config");
        WriteStrings(json, "Entrypoint", config.Entrypoint);
        WriteStrings(json, "Cmd", config.Command);
        WriteStrings(json, "Env", config.Environment);
        json.WriteString("WorkingDir", config.WorkingDirectory);
        json.WriteEndObject();
        json.WriteStartObject("rootfs");
        json.WriteString("type", "layers");
        WriteStrings(json, "diff_ids", ["sha256:" + layerDigest]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteManifest(Utf8JsonWriter json, byte[] config, string layerDigest, long layerLength)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", ManifestType);
        json.WriteStartObject("config");
        WriteDescriptor(json, "application/vnd.oci.image.config.v1+json", Digest(config), config.Length);
        json.WriteEndObject();
        json.WriteStartArray("layers");
        json.WriteStartObject();
        WriteDescriptor(json, "application/vnd.oci.image.layer.v1.tar", layerDigest, layerLength);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIndex(Utf8JsonWriter json, IReadOnlyList<string> references, byte[] manifest)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteStartArray("manifests");
        foreach (var reference in references)
        {
            json.WriteStartObject();
            WriteDescriptor(json, ManifestType, Digest(manifest), manifest.Length);
            json.WriteStartObject("platform");
            json.WriteString("architecture", Architecture);
            json.WriteString("os", "linux");
            json.WriteEndObject();
            json.WriteStartObject("annotations");
            // The first is containerd's own name for the full reference; the second holds only the tag, by the OCI specification.
            json.WriteString("io.containerd.image.name", reference);
            json.WriteString("org.opencontainers.image.ref.name", reference[(reference.LastIndexOf(':') + 1)..]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDescriptor(Utf8JsonWriter json, string mediaType, string digest, long size)
    {
        json.WriteString("mediaType", mediaType);
        json.WriteString("digest", "sha256:" + digest);
        json.WriteNumber("size", size);
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static byte[] WriteJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.ToArray();
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task AddAsync(TarWriter tar, string path, byte[] content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content);
        await AddAsync(tar, path, stream, cancellationToken);
    }

    private static Task AddAsync(TarWriter tar, string path, Stream content, CancellationToken cancellationToken) =>
        tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, path)
        {
            Mode = (UnixFileMode)0b110_100_100, // rw-r--r--
            ModificationTime = DateTimeOffset.UnixEpoch,
            AccessTime = DateTimeOffset.UnixEpoch,
            ChangeTime = DateTimeOffset.UnixEpoch,
            DataStream = content,
        }, cancellationToken);
}
