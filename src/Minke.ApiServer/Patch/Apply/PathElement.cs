using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// Elements of paths, written as FieldsV1 writes them: <c>f:name</c> is a field or a map's key, <c>k:{"name":"a"}</c> an element of a list by its
/// keys, <c>v:"a"</c> an element of a set by its value, <c>i:0</c> one by its position. Equal elements are equal strings: keys are sorted, and
/// scalars written in one way.
/// </summary>
internal static class PathElement
{
    public const string FieldPrefix = "f:";
    public const string KeyPrefix = "k:";
    public const string ValuePrefix = "v:";
    public const string IndexPrefix = "i:";

    public static string Field(string name) => FieldPrefix + name;

    /// <summary>An element of a set.</summary>
    public static string Value(JsonElement value) => ValuePrefix + Scalar(value);

    /// <summary>An element of a list that is identified by keys.</summary>
    /// <param name="keys">The names of the keys with the text of their values; sorted here.</param>
    public static string Key(IEnumerable<KeyValuePair<string, string>> keys)
    {
        var text = new StringBuilder(KeyPrefix).Append('{');
        foreach (var (name, value) in keys.OrderBy(key => key.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > KeyPrefix.Length + 1 ? "," : "").Append(Quote(name)).Append(':').Append(value);
        }

        return text.Append('}').ToString();
    }

    /// <summary>The one text of a scalar; objects and arrays, which do not identify anything, give their own text.</summary>
    public static string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Number when value.TryGetInt64(out var integer) => integer.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsInteger(number) && Math.Abs(number) < 1e15 =>
            ((long)number).ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };

    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    /// <summary>The one form of an element that a client wrote.</summary>
    /// <exception cref="FormatException">The text is not an element.</exception>
    public static string Parse(string text)
    {
        if (text.StartsWith(FieldPrefix, StringComparison.Ordinal))
        {
            return text;
        }

        try
        {
            if (text.StartsWith(KeyPrefix, StringComparison.Ordinal))
            {
                using var keys = JsonDocument.Parse(text[KeyPrefix.Length..], JsonText.DocumentOptions);
                return Key(keys.RootElement.EnumerateObject().Select(key => KeyValuePair.Create(key.Name, Scalar(key.Value))));
            }

            if (text.StartsWith(ValuePrefix, StringComparison.Ordinal))
            {
                using var value = JsonDocument.Parse(text[ValuePrefix.Length..], JsonText.DocumentOptions);
                return Value(value.RootElement);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"'{text}' is not an element of a field path", exception);
        }

        var isIndex = text.StartsWith(IndexPrefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(IndexPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isIndex ? text : throw new FormatException($"'{text}' is not an element of a field path");
    }

    /// <summary>A path as people read it, for example <c>.spec.containers[name="a"].image</c>.</summary>
    public static string Display(IEnumerable<string> path)
    {
        var text = new StringBuilder();
        foreach (var element in path)
        {
            var content = element[FieldPrefix.Length..];
            switch (element[..FieldPrefix.Length])
            {
                case FieldPrefix:
                    text.Append('.').Append(content);
                    break;
                case KeyPrefix:
                    using (var keys = JsonDocument.Parse(content))
                    {
                        text.Append('[').AppendJoin(',', keys.RootElement.EnumerateObject().Select(key => $"{key.Name}={key.Value.GetRawText()}")).Append(']');
                    }

                    break;
                case ValuePrefix:
                    text.Append("[=").Append(content).Append(']');
                    break;
                default:
                    text.Append('[').Append(content).Append(']');
                    break;
            }
        }

        return text.ToString();
    }
}
