using System.Buffers;
using System.Text.Json;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>Reads and writes sets in the FieldsV1 form that managedFields carry, for example <c>{"f:spec":{"f:replicas":{}}}</c>.</summary>
internal static class FieldSetText
{
    private const string Self = ".";

    /// <summary>Reads FieldsV1.</summary>
    /// <param name="trusted">The text was written by <see cref="Write"/>, so that its elements are in the one form already.</param>
    /// <exception cref="FormatException">The text is not FieldsV1.</exception>
    public static FieldSet Read(ReadOnlyMemory<byte> json, bool trusted)
    {
        try
        {
            using var document = JsonDocument.Parse(json, JsonText.DocumentOptions);
            return Read(document.RootElement, trusted, out _);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("fieldsV1 is not a JSON object of field paths", exception);
        }
    }

    /// <summary>Whether any path of a set is a member of a set that <see cref="Write"/> wrote; without building that set.</summary>
    public static bool HasAny(ReadOnlyMemory<byte> written, FieldSet set)
    {
        using var document = JsonDocument.Parse(written);
        return HasAny(document.RootElement, set);
    }

    /// <summary>Whether every path of a set is a member of a set that <see cref="Write"/> wrote; without building that set.</summary>
    public static bool HasAll(ReadOnlyMemory<byte> written, FieldSet set)
    {
        using var document = JsonDocument.Parse(written);
        return HasAll(document.RootElement, set);
    }

    public static byte[] Write(FieldSet set)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = JsonText.Writer(buffer))
        {
            Write(writer, set, isMember: false);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static bool HasAny(JsonElement node, FieldSet set)
    {
        var members = new JsonMembers(node);
        foreach (var (element, isMember, below) in set.Nodes)
        {
            var child = members.Find(element);
            if (child.ValueKind == JsonValueKind.Object && ((isMember && IsMember(child)) || (below is not null && HasAny(child, below))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAll(JsonElement node, FieldSet set)
    {
        var members = new JsonMembers(node);
        foreach (var (element, isMember, below) in set.Nodes)
        {
            var child = members.Find(element);
            if (child.ValueKind != JsonValueKind.Object || (isMember && !IsMember(child)) || (below is not null && !HasAll(child, below)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMember(JsonElement node) => node.GetPropertyCount() == 0 || node.TryGetProperty(Self, out _);

    private static FieldSet Read(JsonElement node, bool trusted, out bool isMember)
    {
        var set = new FieldSet();
        isMember = false;
        var hasElements = false;
        foreach (var property in node.EnumerateObject())
        {
            if (property.NameEquals(Self))
            {
                isMember = true;
                continue;
            }

            hasElements = true;
            var below = Read(property.Value, trusted, out var childIsMember);
            set.Add(trusted ? property.Name : PathElement.Parse(property.Name), childIsMember, below);
        }

        isMember |= !hasElements;
        return set;
    }

    private static void Write(Utf8JsonWriter writer, FieldSet set, bool isMember)
    {
        writer.WriteStartObject();
        if (isMember && !set.IsEmpty)
        {
            writer.WriteStartObject(Self);
            writer.WriteEndObject();
        }

        foreach (var node in set.SortedNodes())
        {
            writer.WritePropertyName(node.Element);
            Write(writer, node.Below ?? FieldSet.Empty, node.IsMember);
        }

        writer.WriteEndObject();
    }
}
