using System.Globalization;

namespace Minke.Api;

/// <summary>RFC 3339 instants as Go writes and reads them.</summary>
internal static class Rfc3339
{
    private const int LongestText = 64;

    /// <summary>Accepts any number of fractional digits (those beyond 100 ns are cut off) and any offset; the result is in UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length is < 20 or > LongestText || !TryParseSeconds(text[..19], out var local))
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

    /// <summary>The form <c>2026-01-31T12:00:00</c>.</summary>
    private static bool TryParseSeconds(ReadOnlySpan<char> text, out DateTime value)
    {
        value = default;
        var separated = text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
        if (!separated
            || !TryParseNumber(text[..4], out var year) || !TryParseNumber(text[5..7], out var month) || !TryParseNumber(text[8..10], out var day)
            || !TryParseNumber(text[11..13], out var hour) || !TryParseNumber(text[14..16], out var minute) || !TryParseNumber(text[17..19], out var second))
        {
            return false;
        }

        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        value = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
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
