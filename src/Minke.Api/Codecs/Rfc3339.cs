using System.Globalization;

namespace Minke.Api;

/// <summary>RFC 3339 instants as Go writes and reads them.</summary>
internal static class Rfc3339
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    private const int LongestText = 64;

    /// <summary>In UTC with whole seconds.</summary>
    public static string Format(DateTimeOffset value) => value.UtcDateTime.ToString(Seconds + "'Z'", CultureInfo.InvariantCulture);

    /// <summary>Accepts any number of fractional digits (those beyond 100 ns are cut off) and any offset; the result is in UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length is < 20 or > LongestText
            || !DateTime.TryParseExact(text[..19], Seconds, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        var rest = text[19..];
        long ticks = 0;
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
            {
                return false;
            }

            ticks = FractionTicks(rest.Slice(1, digits));
            rest = rest[(digits + 1)..];
        }

        return TryParseOffset(rest, out var offset) && TryCombine(local.Ticks + ticks - offset.Ticks, out value);
    }

    private static long FractionTicks(ReadOnlySpan<char> digits)
    {
        long ticks = 0;
        for (var i = 0; i < 7; i++)
        {
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        }

        return ticks;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || !TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out offset))
        {
            return false;
        }

        offset = text[0] == '-' ? -offset : offset;
        return true;
    }

    private static bool TryCombine(long utcTicks, out DateTimeOffset value)
    {
        var inRange = utcTicks >= DateTimeOffset.MinValue.UtcTicks && utcTicks <= DateTimeOffset.MaxValue.UtcTicks;
        value = inRange ? new DateTimeOffset(utcTicks, TimeSpan.Zero) : default;
        return inRange;
    }
}
