using System.Text.Json;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>The elements of a keyed list or set that may be null or absent, by the path elements that identify them.</summary>
internal sealed class JsonItems
{
    private readonly Dictionary<string, JsonElement> _items = new(StringComparer.Ordinal);
    private readonly List<string> _elements = [];

    public JsonItems(JsonElement list, FieldScope scope)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var item in list.EnumerateArray())
        {
            var element = scope.ElementOf(item);
            if (_items.TryAdd(element, item))
            {
                _elements.Add(element);
            }
            else
            {
                FirstDuplicate ??= element;
            }
        }
    }

    /// <summary>In the order of the list, without duplicates.</summary>
    public IReadOnlyList<string> Elements => _elements;

    /// <summary>The first element that stands in the list more than once; null when there is none.</summary>
    public string? FirstDuplicate { get; }

    /// <summary>An element of the list, the first of them when it is there more than once; undefined when there is none.</summary>
    public JsonElement Find(string element) => _items.GetValueOrDefault(element);

    public bool Has(string element) => _items.ContainsKey(element);
}
