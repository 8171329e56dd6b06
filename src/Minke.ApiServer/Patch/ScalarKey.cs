using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minke.ApiServer.Patch;

/// <summary>A JSON scalar as a dictionary key: equal when the values are, whatever they were written like (1 and 1.0).</summary>
internal readonly record struct ScalarKey(JsonValueKind Kind, string Text)
{
    /// <summary>The key of a scalar; null for objects and arrays.</summary>
    public static ScalarKey? Of(JsonNode? node) => node switch
    {
        null => new ScalarKey(JsonValueKind.Null, ""),
        JsonValue value => Of(value),
        _ => null,
    };

    private static ScalarKey Of(JsonValue value)
    {
        var kind = value.GetValueKind();
        return kind switch
        {
            JsonValueKind.String => new ScalarKey(kind, value.GetValue<string>()),
            JsonValueKind.Number => new ScalarKey(kind, NumberText(value)),
            _ => new ScalarKey(kind, ""),
        };
    }

    private static string NumberText(JsonValue value)
    {
        var text = value.ToJsonString();
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : text;
    }
}
