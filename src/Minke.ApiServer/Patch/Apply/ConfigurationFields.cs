using System.Runtime.InteropServices;
using System.Text.Json;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>The set of fields that an applied configuration, or an object, has an opinion about.</summary>
internal sealed class ConfigurationFields
{
    private readonly FieldSet _set = new();
    private readonly List<string> _path = [];
    private readonly bool _strict;

    private ConfigurationFields(bool strict) => _strict = strict;

    /// <summary>The fields of a configuration that a client applied.</summary>
    /// <exception cref="FormatException">The configuration has a field that is not declared, or an element of a set or keyed list twice.</exception>
    public static FieldSet OfConfiguration(JsonElement configuration, TypeSchema schema) => Of(configuration, schema, strict: true);

    /// <summary>The fields of an object as it is.</summary>
    public static FieldSet OfObject(JsonElement value, TypeSchema schema) => Of(value, schema, strict: false);

    private static FieldSet Of(JsonElement value, TypeSchema schema, bool strict)
    {
        var fields = new ConfigurationFields(strict);
        fields.Visit(value, FieldScope.Root(schema));
        return fields._set;
    }

    private void Visit(JsonElement value, FieldScope scope)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        switch (scope.GrainOf(value))
        {
            case FieldGrain.Struct or FieldGrain.Map:
                foreach (var member in value.EnumerateObject())
                {
                    VisitMember(member, scope);
                }

                break;
            case FieldGrain.KeyedList or FieldGrain.Set:
                VisitItems(value, scope);
                break;
            default:
                Insert();
                break;
        }
    }

    private void VisitMember(JsonProperty member, FieldScope scope)
    {
        var element = PathElement.Field(member.Name);
        _path.Add(element);
        var isKnown = scope.Grain == FieldGrain.Map || scope.Declares(element) || _path.Count == 1 && member.Name is "apiVersion" or "kind";
        if (_strict && !isKnown)
        {
            throw new FormatException($"{PathElement.Display(_path)}: field not declared in schema");
        }

        Visit(member.Value, scope.Member(member.Name));
        var isEmpty = member.Value.ValueKind == JsonValueKind.Null
            || (member.Value.ValueKind == JsonValueKind.Object && member.Value.GetPropertyCount() == 0);
        if (isEmpty || scope.Grain == FieldGrain.Map)
        {
            Insert();
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private void VisitItems(JsonElement list, FieldScope scope)
    {
        var items = new JsonItems(list, scope);
        if (_strict && items.FirstDuplicate is { } duplicate)
        {
            throw new FormatException($"{PathElement.Display(_path)}: duplicate entries for key {PathElement.Display([duplicate])}");
        }

        foreach (var element in items.Elements)
        {
            _path.Add(element);
            Visit(items.Find(element), scope.Element);
            Insert();
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Insert() => _set.Insert(CollectionsMarshal.AsSpan(_path));
}
