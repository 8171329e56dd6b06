using System.Buffers;
using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>Merges an applied configuration into the live object: what the configuration names is taken from it, all else stays.</summary>
internal static class ConfigurationMerge
{
    public static byte[] Merge(JsonElement live, JsonElement configuration, TypeSchema schema)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = JsonText.Writer(buffer))
        {
            Write(writer, live, configuration, FieldScope.Root(schema));
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the merged value of two that are not both absent, and not without a result; see <see cref="HasResult"/>.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement live, JsonElement applied, FieldScope scope)
    {
        if (!IsPresent(applied))
        {
            live.WriteTo(writer);
            return;
        }

        switch (scope.GrainOf(live, applied))
        {
            case FieldGrain.Struct or FieldGrain.Map:
                WriteMembers(writer, new JsonMembers(live), new JsonMembers(applied), scope);
                break;
            case FieldGrain.KeyedList or FieldGrain.Set:
                WriteItems(writer, live, applied, scope);
                break;
            default:
                applied.WriteTo(writer);
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonMembers live, JsonMembers applied, FieldScope scope)
    {
        writer.WriteStartObject();
        foreach (var member in live)
        {
            WriteMember(writer, member.Name, member.Value, applied.Find(member.Name), scope.Member(member.Name));
        }

        foreach (var member in applied)
        {
            if (live.Find(member.Name).ValueKind == JsonValueKind.Undefined)
            {
                WriteMember(writer, member.Name, default, member.Value, scope.Member(member.Name));
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonElement live, JsonElement applied, FieldScope scope)
    {
        if (HasResult(live, applied, scope))
        {
            writer.WritePropertyName(name);
            Write(writer, live, applied, scope);
        }
    }

    /// <summary>
    /// The elements in the order of the configuration. Elements that only the live list has keep their places relative to the elements that
    /// both have.
    /// </summary>
    private static void WriteItems(Utf8JsonWriter writer, JsonElement live, JsonElement applied, FieldScope scope)
    {
        var wanted = new JsonItems(applied, scope);
        var existing = new JsonItems(live, scope);
        var liveItems = live.ValueKind == JsonValueKind.Array ? live.EnumerateArray().Select(item => (Element: scope.ElementOf(item), Item: item)).ToList() : [];
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < liveItems.Count; i++)
        {
            positions.TryAdd(liveItems[i].Element, i);
        }

        var next = 0;
        writer.WriteStartArray();
        foreach (var element in wanted.Elements)
        {
            var isShared = positions.TryGetValue(element, out var position);
            while (next < liveItems.Count && (isShared ? next < position : !wanted.Has(liveItems[next].Element)))
            {
                WriteUnlessWanted(liveItems[next++]);
            }

            Write(writer, existing.Find(element), wanted.Find(element), scope.Element);
        }

        while (next < liveItems.Count)
        {
            WriteUnlessWanted(liveItems[next++]);
        }

        writer.WriteEndArray();

        void WriteUnlessWanted((string Element, JsonElement Item) live)
        {
            if (!wanted.Has(live.Element))
            {
                live.Item.WriteTo(writer);
            }
        }
    }

    private static bool HasResult(JsonElement live, JsonElement applied, FieldScope scope)
    {
        if (applied.ValueKind == JsonValueKind.Null)
        {
            // Null takes a leaf away. Of something granular it says nothing about what is inside.
            return scope.GrainOf(live) != FieldGrain.Leaf && IsPresent(live);
        }

        return IsPresent(applied) || IsPresent(live);
    }

    private static bool IsPresent(JsonElement value) => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
}
