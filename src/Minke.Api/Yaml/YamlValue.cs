using System.Globalization;
using System.Text;

namespace Minke.Api;

internal enum YamlValueKind
{
    Null,
    Boolean,
    /// <summary>The text is a JSON number.</summary>
    Number,
    String,
}

/// <summary>What a scalar stands for. <paramref name="Text"/> is "true" or "false", a JSON number, or the string.</summary>
internal readonly record struct YamlValue(YamlValueKind Kind, string Text)
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    public static YamlValue OfString(string text) => new(YamlValueKind.String, text);

    /// <summary>What a plain (unquoted, untagged) scalar stands for, by the resolution of goyaml v2.</summary>
    public static YamlValue OfPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new(YamlValueKind.Null, ""),
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => new(YamlValueKind.Boolean, "true"),
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => new(YamlValueKind.Boolean, "false"),
        _ => TryInteger(text) ?? TryFloat(text) ?? OfString(text),
    };

    /// <summary>What a scalar with an explicit tag stands for; null when the tag is unknown or does not fit.</summary>
    public static YamlValue? OfTagged(string tag, string text)
    {
        if (tag == "!")
        {
            return OfString(text);
        }

        var plain = OfPlain(text);
        return (tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? tag[TagPrefix.Length..] : "") switch
        {
            "str" or "timestamp" => OfString(text),
            "binary" => OfBinary(text),
            "null" when plain.Kind == YamlValueKind.Null => plain,
            "bool" when plain.Kind == YamlValueKind.Boolean => plain,
            "int" or "float" when plain.Kind == YamlValueKind.Number => plain,
            _ => null,
        };
    }

    private static YamlValue? OfBinary(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? OfString(Encoding.UTF8.GetString(bytes, 0, length)) : null;
    }

    private static YamlValue? TryInteger(string text)
    {
        var negative = text[0] == '-';
        var digits = (text[0] is '-' or '+' ? text[1..] : text).Replace("_", "", StringComparison.Ordinal);
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0]))
        {
            return null;
        }

        var (start, radix) = digits switch
        {
            ['0', 'x' or 'X', ..] => (2, 16),
            ['0', 'o' or 'O', ..] => (2, 8),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (1, 8),
            _ => (0, 10),
        };
        if (!TryParse(digits.AsSpan(start), radix, out var value) || (negative && value > (ulong)long.MaxValue + 1))
        {
            return null;
        }

        var number = value.ToString(CultureInfo.InvariantCulture);
        return new YamlValue(YamlValueKind.Number, negative && value != 0 ? "-" + number : number);
    }

    private static bool TryParse(ReadOnlySpan<char> digits, int radix, out ulong value)
    {
        value = 0;
        foreach (var character in digits)
        {
            var digit = char.IsAsciiHexDigit(character) ? Convert.ToInt32(character.ToString(), 16) : 99;
            if (digit >= radix || value > (ulong.MaxValue - (uint)digit) / (uint)radix)
            {
                return false;
            }

            value = (value * (uint)radix) + (uint)digit;
        }

        return digits.Length > 0;
    }

    // Digits with at most one point, then at most one exponent; what is not finite has no JSON form and stays a string.
    private static YamlValue? TryFloat(string text)
    {
        var number = text.Replace("_", "", StringComparison.Ordinal);
        if (number.Length == 0 || !(char.IsAsciiDigit(number[0]) || number[0] is '-' or '+' or '.') || !number.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return null;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(number, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new YamlValue(YamlValueKind.Number, value.ToString("R", CultureInfo.InvariantCulture))
            : null;
    }
}
