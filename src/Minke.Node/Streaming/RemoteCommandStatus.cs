using System.Text;
using System.Text.Json;

namespace Minke.Node.Streaming;

/// <summary>How a command ended, as the error stream of protocol version 4 says it: a <c>Status</c> object.</summary>
internal static class RemoteCommandStatus
{
    public static byte[] Failure(string message)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            writer.WriteEndObject();
            writer.WriteString("status", "Failure");
            writer.WriteString("message", message);
            writer.WriteString("reason", "InternalError");
            writer.WriteNumber("code", 500);
            writer.WriteEndObject();
        }

        return json.ToArray();
    }

    /// <summary>What the protocols before version 4 put on the error channel: the failure's text; null for success.</summary>
    public static byte[]? ToPlainText(ReadOnlyMemory<byte> status)
    {
        try
        {
            using var document = JsonDocument.Parse(status);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return Text(document.RootElement, "status") == "Success" ? null : Encoding.UTF8.GetBytes(Text(document.RootElement, "message"));
            }
        }
        catch (JsonException)
        {
            // Runtimes may answer with text; it is passed on as it is.
            return status.ToArray();
        }

        return status.ToArray();
    }

    private static string Text(JsonElement status, string name) =>
        status.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
