using System.Text.Json;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// The members of a JSON object that may be null or absent. Looking one up is a scan in small objects and a dictionary look-up in large ones, so
/// that comparing two large maps is not quadratic.
/// </summary>
internal readonly struct JsonMembers
{
    private const int ScanUpTo = 48;

    private readonly JsonElement _value;
    private readonly Dictionary<string, JsonElement>? _index;

    public JsonMembers(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        _value = value;
        if (value.GetPropertyCount() > ScanUpTo)
        {
            _index = value.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
        }
    }

    /// <summary>The value of a member; undefined when there is none.</summary>
    public JsonElement Find(string name)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(name);
        }

        return _value.ValueKind == JsonValueKind.Object && _value.TryGetProperty(name, out var value) ? value : default;
    }

    public JsonElement.ObjectEnumerator GetEnumerator() => _value.ValueKind == JsonValueKind.Object ? _value.EnumerateObject() : default;
}
