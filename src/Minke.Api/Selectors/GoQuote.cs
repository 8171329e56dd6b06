using System.Globalization;
using System.Text;

namespace Minke.Api.Selectors;

/// <summary>Quotes a value for a message in the form that Go's <c>%q</c> has, because clients and people compare these messages.</summary>
public static class GoQuote
{
    /// <summary>Longer values are cut in messages, so that a hostile value does not come back in full.</summary>
    public const int MaxLength = 10_000;

    public static string Of(string value)
    {
        if (value.Length > MaxLength)
        {
            value = value[..MaxLength];
        }

        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            Append(text, rune);
        }

        return text.Append('"').ToString();
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '"':
                text.Append("\\\"");
                break;
            case '\\':
                text.Append("\\\\");
                break;
            case '\n':
                text.Append("\\n");
                break;
            case '\r':
                text.Append("\\r");
                break;
            case '\t':
                text.Append("\\t");
                break;
            case < 0x20 or 0x7F:
                text.Append("\\x").Append(rune.Value.ToString("x2", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(rune.ToString());
                break;
        }
    }
}
