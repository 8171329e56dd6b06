using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Minke.Api.OpenApi;

/// <summary>
/// The OpenAPI documents of the API. Each is built when it is first asked for and kept as bytes. Clients use them to check fields, to learn
/// which patches and parameters a kind takes, and to explain fields.
/// </summary>
public static class OpenApiDocuments
{
    /// <summary>What clients put into Accept to get <see cref="V2Proto"/>.</summary>
    public const string V2ProtoAccept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /// <summary>The Content-Type that <see cref="V2Proto"/> is answered with; clients cannot parse one with the "@".</summary>
    public const string V2ProtoMediaType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static readonly Lazy<byte[]> V2 = new(() => DocumentWriter.Write(OpenApiDialect.V2, Kinds.All));
    private static readonly Lazy<byte[]> V2AsProto = new(() => SwaggerProto.FromJson(V2.Value));
    private static readonly Lazy<byte[]> Index = new(BuildIndex);
    private static readonly Dictionary<string, Lazy<byte[]>> V3ByGroupVersion = Kinds.All
        .Where(kind => kind.IsResource)
        .GroupBy(kind => ResourcePaths.GroupVersionPath(kind)[1..])
        .ToDictionary(group => group.Key, group => new Lazy<byte[]>(() => DocumentWriter.Write(OpenApiDialect.V3, [.. group])));

    /// <summary><c>/openapi/v2</c> as JSON (Swagger 2.0).</summary>
    public static ReadOnlyMemory<byte> V2Json() => V2.Value;

    /// <summary><c>/openapi/v2</c> in the protobuf form of gnostic's OpenAPIv2.proto.</summary>
    public static ReadOnlyMemory<byte> V2Proto() => V2AsProto.Value;

    /// <summary><c>/openapi/v3</c>: where the document of each group and version is, with its hash, so that clients may keep it.</summary>
    public static ReadOnlyMemory<byte> V3Index() => Index.Value;

    /// <summary><c>/openapi/v3/{groupVersion}</c>; null for a group or version that is not served.</summary>
    /// <param name="groupVersion">As in the index, for example <c>api/v1</c> or <c>apis/coordination.k8s.io/v1</c>.</param>
    public static ReadOnlyMemory<byte>? V3(string groupVersion) =>
        V3ByGroupVersion.TryGetValue(groupVersion, out var document) ? (ReadOnlyMemory<byte>?)document.Value : null;

    /// <summary>The hash by which the index names a document.</summary>
    public static string Hash(ReadOnlySpan<byte> document) => Convert.ToHexString(SHA256.HashData(document));

    private static byte[] BuildIndex()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("paths");
            foreach (var (groupVersion, document) in V3ByGroupVersion.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(groupVersion);
                json.WriteString("serverRelativeURL", $"/openapi/v3/{groupVersion}?hash={Hash(document.Value)}");
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
