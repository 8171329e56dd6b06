using System.Globalization;
using System.Numerics;

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
        if (binary)
        {
            return FormatBinary((long)(value.Nanos / Quantity.NanosPerUnit));
        }

        // Nearly every amount fits a long, whose arithmetic is much faster.
        var asExponent = value.Format == QuantityFormat.DecimalExponent;
        return magnitude <= long.MaxValue ? FormatDecimal((long)value.Nanos, 1000L, asExponent) : FormatDecimal(value.Nanos, (Int128)1000, asExponent);
    }

    private static string FormatBinary(long units)
    {
        var power = 0;
        while (power < BinarySuffixes.Length && units % 1024 == 0)
        {
            units /= 1024;
            power++;
        }

        return units.ToString(CultureInfo.InvariantCulture) + (power == 0 ? "" : $"{BinarySuffixes[power - 1]}i");
    }

    private static string FormatDecimal<T>(T nanos, T thousand, bool asExponent) where T : IBinaryInteger<T>
    {
        var power = -3;
        while (power < 6 && T.IsZero(nanos % thousand))
        {
            nanos /= thousand;
            power++;
        }

        var number = nanos.ToString(null, CultureInfo.InvariantCulture);
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
        if (number.Length == (point < 0 ? 0 : 1) || (point >= 0 && number[(point + 1)..].Contains('.')))
        {
            return false;
        }

        var decimals = point < 0 ? 0 : number.Length - point - 1;
        var scale = Math.Clamp((long)exponent, -1000, 1000) + 9 - decimals;
        nanos = number.Length <= 10 && scale is >= 0 and <= 15 && multiplier <= 1L << 40
            ? ScaleSmall(number, (int)scale, multiplier)
            : ScaleLarge(number, (int)scale, multiplier);
        return true;
    }

    // At most 10^10 × 10^15 × 2^40, which an Int128 holds.
    private static Int128 ScaleSmall(ReadOnlySpan<char> number, int scale, long multiplier)
    {
        long digits = 0;
        foreach (var character in number)
        {
            digits = character == '.' ? digits : (digits * 10) + (character - '0');
        }

        long power = 1;
        for (var i = 0; i < scale; i++)
        {
            power *= 10;
        }

        return (Int128)digits * multiplier * power;
    }

    private static Int128 ScaleLarge(ReadOnlySpan<char> number, int scale, long multiplier)
    {
        var value = BigInteger.Zero;
        foreach (var character in number)
        {
            value = character == '.' ? value : (value * 10) + (character - '0');
        }

        value *= multiplier;
        if (scale >= 0)
        {
            value *= BigInteger.Pow(10, scale);
        }
        else
        {
            value = BigInteger.DivRem(value, BigInteger.Pow(10, -scale), out var rest);
            value += rest.IsZero ? 0 : 1;
        }

        return (Int128)BigInteger.Min(value, (BigInteger)Quantity.MaxNanos);
    }
}
