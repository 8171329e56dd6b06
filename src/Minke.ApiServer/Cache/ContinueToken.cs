using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Cache;

/// <summary>
/// Where the next page of a list begins. On the wire it is base64url of a small JSON document, as Kubernetes makes it, but clients treat it as
/// opaque and may send anything.
/// </summary>
/// <param name="Revision">The revision of the whole list; -1: continue with the newest state, which is then not consistent with the pages before.</param>
/// <param name="After">The last key of the page before, without the kind's prefix.</param>
internal readonly record struct ContinueToken(long Revision, string After)
{
    private const int MaxLength = 4096;
    private const int MaxPathLength = 768; // a namespace, a slash and a name, generously
    private const string Version = "meta.k8s.io/v1";

    public string Encode()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("v", Version);
            writer.WriteNumber("rv", Revision);
            // The smallest string after the last key: the list goes on from there.
            writer.WriteString("start", After + '\0');
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <exception cref="ApiException">The token is not one of ours (400).</exception>
    public static ContinueToken Decode(string text)
    {
        try
        {
            if (text.Length <= MaxLength && Parse(Base64Url.DecodeFromChars(text)) is { } token)
            {
                return token;
            }
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            throw ApiErrors.BadRequest("continue key is not valid", error);
        }

        throw ApiErrors.BadRequest("continue key is not valid");
    }

    private static ContinueToken? Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2 });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("v", out var version) || version.GetString() != Version
            || !root.TryGetProperty("rv", out var rv) || !rv.TryGetInt64(out var revision) || revision is 0 or < -1
            || !root.TryGetProperty("start", out var start) || start.GetString()?.TrimEnd('\0') is not { Length: > 0 and <= MaxPathLength } after
            || after.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        return new ContinueToken(revision, after);
    }
}
