using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minke.ApiServer.Patch;

/// <summary>Reading and writing the JSON documents that patches work on.</summary>
internal static class JsonText
{
    /// <summary>No API object is nested deeper than a fraction of this; recursion over documents relies on it.</summary>
    public const int MaxDepth = 128;

    /// <summary>Two members of one name are refused, because readers would differ in which one they take.</summary>
    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly JsonWriterOptions s_writerOptions = new()
    {
        MaxDepth = 4 * MaxDepth,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Parses a patch body; the message of a failure goes to the client.</summary>
    public static JsonNode? ParseBody(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: DocumentOptions);
        }
        catch (JsonException exception)
        {
            throw PatchException.Malformed("error decoding patch: " + exception.Message, exception);
        }
    }

    /// <summary>Parses a patch body that has to be an object.</summary>
    public static JsonObject ParseObjectBody(ReadOnlySpan<byte> json) =>
        ParseBody(json) as JsonObject ?? throw PatchException.Malformed("error decoding patch: a JSON object is expected");

    /// <summary>
    /// Removes members. Removing one from an object moves all that stand behind it, so that many are removed by putting the object together anew.
    /// </summary>
    public static void RemoveAll(JsonObject target, IReadOnlyCollection<string> names)
    {
        const int OneByOneUpTo = 16;
        if (names.Count <= OneByOneUpTo)
        {
            foreach (var name in names)
            {
                target.Remove(name);
            }

            return;
        }

        var unwanted = names.ToHashSet(StringComparer.Ordinal);
        var kept = target.Where(member => !unwanted.Contains(member.Key)).ToList();
        target.Clear();
        foreach (var (name, value) in kept)
        {
            target.Add(name, value);
        }
    }

    public static byte[] ToBytes(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_writerOptions))
        {
            node.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    public static Utf8JsonWriter Writer(System.Buffers.IBufferWriter<byte> buffer) => new(buffer, s_writerOptions);
}
