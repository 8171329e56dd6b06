using System.Text;
using System.Text.Json.Nodes;
using Minke.Api;

namespace Minke.Api.Tests;

/// <summary>Makes JSON of objects at random from their schemas: every field may be there, every value is in canonical form and none is zero.</summary>
internal sealed class RandomObjects(int seed)
{
    private static readonly string[] Quantities = ["1", "250m", "64Mi", "1Gi", "3", "100k", "1500u", "7e3"];
    private static readonly string[] Texts = ["a", "web-0", "<b>&amp;</b>", "日本語", "line\nbreak\ttab", "quote\"back\\slash", "\u2028", "😀", "", "nul\u0001"];
    private readonly Random _random = new(seed);

    public ApiObject Next(KindInfo kind) => ApiJson.Decode(kind, Encoding.UTF8.GetBytes(NextJson(kind).ToJsonString()), FieldValidation.Strict);

    public JsonObject NextJson(KindInfo kind) => NextObject(kind.Schema, depth: 0);

    private JsonObject NextObject(TypeSchema type, int depth)
    {
        var result = new JsonObject();
        // Deep down, fields get rare, so that objects stay small.
        var chance = depth switch { 0 => 0.9, 1 => 0.6, 2 => 0.3, _ => 0.15 };
        foreach (var field in type.Fields.Where(field => field.Number != 0 && _random.NextDouble() < chance))
        {
            result[field.JsonName] = field.Shape switch
            {
                FieldShape.List => new JsonArray([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => NextValue(field, depth))]),
                FieldShape.Map => new JsonObject(Enumerable.Range(0, _random.Next(1, 4)).Select(i => KeyValuePair.Create($"k{i}-{_random.Next(10)}", (JsonNode?)NextValue(field, depth)))),
                _ => NextValue(field, depth),
            };
        }

        return result;
    }

    private JsonNode NextValue(FieldSchema field, int depth) => field.Kind switch
    {
        FieldKind.String => Pick(Texts) + _random.Next(1000),
        FieldKind.Boolean => true,
        FieldKind.Int32 => _random.Next(2) == 0 ? _random.Next(1, int.MaxValue) : int.MinValue,
        FieldKind.Int64 => _random.Next(2) == 0 ? _random.NextInt64(1, long.MaxValue) : long.MinValue,
        FieldKind.Double => 1.5,
        FieldKind.Bytes => Convert.ToBase64String(Encoding.UTF8.GetBytes(Pick(Texts) + "x")),
        FieldKind.Time => $"20{_random.Next(10, 99)}-0{_random.Next(1, 9)}-1{_random.Next(0, 9)}T1{_random.Next(0, 9)}:30:0{_random.Next(0, 9)}Z",
        FieldKind.MicroTime => $"1969-12-31T23:59:59.{_random.Next(100000, 999999)}Z",
        FieldKind.Quantity => Pick(Quantities),
        FieldKind.IntOrString => _random.Next(2) == 0 ? _random.Next() : Pick(Texts) + "s",
        FieldKind.Raw => new JsonObject { ["f:metadata"] = new JsonObject { ["."] = new JsonObject(), ["f:x"] = _random.Next() } },
        FieldKind.Object => NextObject(field.Type!, depth + 1),
        _ => throw new InvalidOperationException($"no random values for {field.Kind}"),
    };

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
