using System.Text.Json;
using System.Text.Json.Nodes;
using Minke.Api;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>Takes the members of a set out of an object. Maps and lists that get empty by that go too.</summary>
internal static class FieldRemoval
{
    public static byte[] Remove(JsonElement value, FieldSet unwanted, TypeSchema schema) =>
        JsonText.ToBytes(Without(value, unwanted, FieldScope.Root(schema)) ?? new JsonObject());

    /// <summary>What remains of a value; null when nothing does.</summary>
    private static JsonNode? Without(JsonElement value, FieldSet unwanted, FieldScope scope)
    {
        if (unwanted.IsEmpty)
        {
            return Node(value);
        }

        switch (scope.GrainOf(value))
        {
            case FieldGrain.Struct or FieldGrain.Map when value.ValueKind == JsonValueKind.Object:
                var members = WithoutMembers(value, unwanted, scope);
                return members.Count > 0 ? members : null;
            case FieldGrain.KeyedList or FieldGrain.Set when value.ValueKind == JsonValueKind.Array:
                var items = WithoutItems(value, unwanted, scope);
                return items.Count > 0 ? items : null;
            default:
                return Node(value);
        }
    }

    private static JsonObject WithoutMembers(JsonElement value, FieldSet unwanted, FieldScope scope)
    {
        JsonObject result = [];
        foreach (var member in value.EnumerateObject())
        {
            var element = PathElement.Field(member.Name);
            if (!unwanted.Has(element) && Without(member.Value, unwanted.Below(element), scope.Member(member.Name)) is { } remaining)
            {
                result[member.Name] = remaining;
            }
        }

        return result;
    }

    private static JsonArray WithoutItems(JsonElement value, FieldSet unwanted, FieldScope scope)
    {
        JsonArray result = [];
        foreach (var item in value.EnumerateArray())
        {
            var element = scope.ElementOf(item);
            if (!unwanted.Has(element))
            {
                result.Add(Without(item, unwanted.Below(element), scope.Element) ?? new JsonObject());
            }
        }

        return result;
    }

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value),
    };
}
