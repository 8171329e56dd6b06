using System.Text.Json;

namespace Minke.ApiServer.Discovery;

/// <summary>Pieces that both forms of discovery are made of.</summary>
internal static class DiscoveryJson
{
    public static void WriteStrings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void WriteStringsIfAny(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            WriteStrings(json, name, values);
        }
    }
}
