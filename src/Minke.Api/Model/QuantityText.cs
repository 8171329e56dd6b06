using System.Globalization;

namespace Minke.Api;

/// <summary>Reads and writes the text form of <see cref="Quantity"/>: a decimal number, then a suffix or an exponent.</summary>
internal static class QuantityText
{
    // Longer numbers than this carry nothing that nine decimals and 2^63-1 could hold.
    private const int MaxLength = 256;
    private const string DecimalSuffixes = "numkMGTPE"; // "" stands between m and k
    private const string BinarySuffixes = "KMGTPE";

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity value)
    {
        value = default;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        var negative = text[0] == '-';
        var number = text[0] is '-' or '+' ? text[1..] : text;
        var end = number.IndexOfAnyExcept("0123456789.");
        var suffix = end < 0 ? default : number[end..];
        number = end < 0 ? number : number[..end];
        if (!TryParseSuffix(suffix, out var multiplier, out var exponent, out var format) || !TryScale(number, exponent, multiplier, out var nanos))
        {
            return false;
        }

        value = new Quantity(negative ? -nanos : nanos, format);
        return true;
    }

    public static string Format(Quantity value)
    {
        if (value.IsZero)
        {
            return "0";
        }

        // Small and fractional amounts are written with decimal suffixes, so that no precision is lost.
        var magnitude = Int128.Abs(value.Nanos);
        var whole = magnitude % Quantity.NanosPerUnit == 0;
        var binary = value.Format == QuantityFormat.BinarySI && whole && magnitude >= (Int128)1024 * Quantity.NanosPerUnit;
        return binary ? FormatBinary(value.Nanos / Quantity.NanosPerUnit) : FormatDecimal(value.Nanos, value.Format == QuantityFormat.DecimalExponent);
    }

    private static string FormatBinary(Int128 units)
    {
        var power = 0;
        while (power < BinarySuffixes.Length && units % 1024 == 0)
        {
            units /= 1024;
            power++;
        }

        return units.ToString(CultureInfo.InvariantCulture) + (power == 0 ? "" : $"{BinarySuffixes[power - 1]}i");
    }

    private static string FormatDecimal(Int128 nanos, bool asExponent)
    {
        var power = -3;
        while (power < 6 && nanos % 1000 == 0)
        {
            nanos /= 1000;
            power++;
        }

        var number = nanos.ToString(CultureInfo.InvariantCulture);
        if (power == 0)
        {
            return number;
        }

        return asExponent ? string.Create(CultureInfo.InvariantCulture, $"{number}e{power * 3}") : number + DecimalSuffixes[power < 0 ? power + 3 : power + 2];
    }

    private static bool TryParseSuffix(ReadOnlySpan<char> suffix, out long multiplier, out int exponent, out QuantityFormat format)
    {
        (multiplier, exponent, format) = (1, 0, QuantityFormat.DecimalSI);
        if (suffix.IsEmpty)
        {
            return true;
        }

        if (suffix.Length == 2 && suffix[1] == 'i')
        {
            var binary = BinarySuffixes.IndexOf(suffix[0]);
            (multiplier, format) = (1L << (10 * (binary + 1)), QuantityFormat.BinarySI);
            return binary >= 0;
        }

        if (suffix.Length == 1)
        {
            var place = DecimalSuffixes.IndexOf(suffix[0]);
            exponent = 3 * (place < 3 ? place - 3 : place - 2);
            return place >= 0;
        }

        format = QuantityFormat.DecimalExponent;
        return suffix[0] is 'e' or 'E' && int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }

    // nanos = digits × 10^exponent × multiplier × 10^9, rounded up and capped.
    private static bool TryScale(ReadOnlySpan<char> number, int exponent, long multiplier, out Int128 nanos)
    {
        nanos = 0;
        var point = number.IndexOf('.');
        var digits = 0;
        var roundUp = false;
        var scale = Math.Clamp((long)exponent, -1000, 1000) + 9;
        var big = System.Numerics.BigInteger.Zero;
        for (var i = 0; i < number.Length; i++)
        {
            if (i == point)
            {
                continue;
            }

            if (number[i] == '.')
            {
                return false;
            }

            digits++;
            big = (big * 10) + (number[i] - '0');
            scale -= point >= 0 && i > point ? 1 : 0;
        }

        big *= multiplier;
        if (scale >= 0)
        {
            big *= System.Numerics.BigInteger.Pow(10, (int)scale);
        }
        else
        {
            big = System.Numerics.BigInteger.DivRem(big, System.Numerics.BigInteger.Pow(10, (int)-scale), out var rest);
            roundUp = !rest.IsZero;
        }

        var capped = System.Numerics.BigInteger.Min(big + (roundUp ? 1 : 0), (System.Numerics.BigInteger)Quantity.MaxNanos);
        nanos = (Int128)capped;
        return digits > 0;
    }
}
