using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>How server-side apply looks at the value at some place.</summary>
internal enum FieldGrain
{
    /// <summary>The value is owned as a whole: a scalar, or something declared atomic.</summary>
    Leaf,
    /// <summary>Declared fields, each on its own.</summary>
    Struct,
    /// <summary>A map, each key on its own.</summary>
    Map,
    /// <summary>A list whose elements are identified by keys.</summary>
    KeyedList,
    /// <summary>A list of scalars without order or duplicates.</summary>
    Set,
}

/// <summary>What is declared about a place in an object.</summary>
/// <param name="Type">The type of a struct, or of the elements of a map or list.</param>
/// <param name="Keys">The keys of a keyed list.</param>
internal readonly record struct FieldScope(FieldGrain Grain, TypeSchema? Type, IReadOnlyList<string> Keys)
{
    private static readonly FieldScope s_leaf = new(FieldGrain.Leaf, null, []);

    public static FieldScope Root(TypeSchema schema) => new(FieldGrain.Struct, schema, []);

    /// <summary>The scope of a member of a struct or map. A field that is not declared is a leaf.</summary>
    public FieldScope Member(string name) => Grain switch
    {
        FieldGrain.Struct when Type!.Find(name) is { } field => Of(field),
        FieldGrain.Map => Element,
        _ => s_leaf,
    };

    /// <summary>The scope of a value of this map, or an element of this list.</summary>
    public FieldScope Element => Type is null || Type.Atomic ? s_leaf : Root(Type);

    /// <summary>The scope below an element of a path.</summary>
    public FieldScope Below(string element) =>
        element.StartsWith(PathElement.FieldPrefix, StringComparison.Ordinal) ? Member(element[PathElement.FieldPrefix.Length..]) : Element;

    /// <summary>Whether the element of a path is a declared field here.</summary>
    public bool Declares(string element) =>
        Grain == FieldGrain.Struct
        && element.StartsWith(PathElement.FieldPrefix, StringComparison.Ordinal)
        && Type!.Find(element[PathElement.FieldPrefix.Length..]) is not null;

    /// <summary>
    /// The grain that two values at this place are looked at with. A value whose JSON form does not fit the declaration makes it a leaf; null and
    /// absence fit everything.
    /// </summary>
    public FieldGrain GrainOf(JsonElement one, JsonElement other = default) => Fits(one) && Fits(other) ? Grain : FieldGrain.Leaf;

    /// <summary>The element of a path that identifies an element of this list.</summary>
    public string ElementOf(JsonElement item)
    {
        if (Grain == FieldGrain.Set || item.ValueKind != JsonValueKind.Object)
        {
            return PathElement.Value(item);
        }

        var type = Type;
        return PathElement.Key(Keys.Select(key => KeyValuePair.Create(key, KeyText(type, item, key))));
    }

    private bool Fits(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Object => Grain is FieldGrain.Struct or FieldGrain.Map,
        JsonValueKind.Array => Grain is FieldGrain.KeyedList or FieldGrain.Set,
        _ => false,
    };

    private static FieldScope Of(FieldSchema field)
    {
        if (field.Atomic)
        {
            return s_leaf;
        }

        var type = field.Kind == FieldKind.Object ? field.Type : null;
        return (field.Shape, field.ListType) switch
        {
            (FieldShape.Single, _) => type is null || type.Atomic ? s_leaf : Root(type),
            (FieldShape.Map, _) => new FieldScope(FieldGrain.Map, type, []),
            (FieldShape.List, ListType.Map) => new FieldScope(FieldGrain.KeyedList, type, field.ListMapKeys),
            (FieldShape.List, ListType.Set) => new FieldScope(FieldGrain.Set, type, []),
            _ => s_leaf,
        };
    }

    /// <summary>A key that is left out has its default, or else the value that JSON leaves out: an empty string, zero or false.</summary>
    private static string KeyText(TypeSchema? type, JsonElement item, string key)
    {
        if (item.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return PathElement.Scalar(value);
        }

        return type?.Find(key) switch
        {
            { Default: { } text } => PathElement.Quote(text),
            { Kind: FieldKind.Int32 or FieldKind.Int64 or FieldKind.IntOrString } => "0",
            { Kind: FieldKind.Boolean } => "false",
            _ => "\"\"",
        };
    }
}
