using System.Numerics;

namespace Minke.Api;

/// <summary>How a quantity is written: with 1000-based suffixes, 1024-based suffixes or a decimal exponent.</summary>
public enum QuantityFormat : byte
{
    DecimalSI,
    BinarySI,
    DecimalExponent,
}

/// <summary>
/// An amount of a resource, for example <c>500m</c> processor cores or <c>64Mi</c> of memory: a fixed-point number with nine decimals, at most
/// 2^63-1 in magnitude, that remembers the format it was written in. Finer input is rounded up (away from zero), as resource.Quantity does.
/// </summary>
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>, IAdditionOperators<Quantity, Quantity, Quantity>, ISubtractionOperators<Quantity, Quantity, Quantity>
{
    internal const long NanosPerUnit = 1_000_000_000;
    private const long NanosPerMilli = 1_000_000;
    internal static readonly Int128 MaxNanos = (Int128)long.MaxValue * NanosPerUnit;

    internal Quantity(Int128 nanos, QuantityFormat format)
    {
        Nanos = Int128.Clamp(nanos, -MaxNanos, MaxNanos);
        Format = format;
    }

    internal Int128 Nanos { get; }

    public QuantityFormat Format { get; }

    public bool IsZero => Nanos == 0;

    public int Sign => Int128.Sign(Nanos);

    /// <summary>In whole units, rounded up: bytes of memory, cores.</summary>
    public long Value => (long)CeilingDivide(Nanos, NanosPerUnit);

    /// <summary>In thousandths, rounded up and clamped to the range of a long: millicores.</summary>
    public long MilliValue => (long)Int128.Clamp(CeilingDivide(Nanos, NanosPerMilli), long.MinValue, long.MaxValue);

    public static Quantity FromUnits(long units, QuantityFormat format = QuantityFormat.DecimalSI) => new((Int128)units * NanosPerUnit, format);

    public static Quantity FromMilli(long thousandths, QuantityFormat format = QuantityFormat.DecimalSI) => new((Int128)thousandths * NanosPerMilli, format);

    /// <summary>An amount of memory, written with 1024-based suffixes.</summary>
    public static Quantity FromBytes(long bytes) => FromUnits(bytes, QuantityFormat.BinarySI);

    /// <exception cref="FormatException">The text is not a quantity.</exception>
    public static Quantity Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a quantity such as 500m, 2 or 64Mi.");

    public static bool TryParse(ReadOnlySpan<char> text, out Quantity value) => QuantityText.TryParse(text, out value);

    /// <summary>The canonical form: the largest suffix that leaves a whole number.</summary>
    public override string ToString() => QuantityText.Format(this);

    public int CompareTo(Quantity other) => Nanos.CompareTo(other.Nanos);

    /// <summary>Equal amounts are equal, whatever their formats.</summary>
    public bool Equals(Quantity other) => Nanos == other.Nanos;

    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    public override int GetHashCode() => Nanos.GetHashCode();

    public static implicit operator Quantity(string text) => Parse(text);

    public static Quantity operator +(Quantity left, Quantity right) => new(left.Nanos + right.Nanos, left.IsZero ? right.Format : left.Format);

    public static Quantity operator -(Quantity left, Quantity right) => new(left.Nanos - right.Nanos, left.IsZero ? right.Format : left.Format);

    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    public static bool operator <(Quantity left, Quantity right) => left.Nanos < right.Nanos;

    public static bool operator >(Quantity left, Quantity right) => left.Nanos > right.Nanos;

    public static bool operator <=(Quantity left, Quantity right) => left.Nanos <= right.Nanos;

    public static bool operator >=(Quantity left, Quantity right) => left.Nanos >= right.Nanos;

    private static Int128 CeilingDivide(Int128 dividend, long divisor)
    {
        var (quotient, rest) = Int128.DivRem(dividend, divisor);
        return rest > 0 ? quotient + 1 : quotient;
    }
}
