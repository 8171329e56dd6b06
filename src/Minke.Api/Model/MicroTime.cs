using System.Globalization;

namespace Minke.Api;

/// <summary>An instant with microseconds, as leases and events use it (metav1.MicroTime). Finer parts are cut off.</summary>
public readonly record struct MicroTime : IComparable<MicroTime>
{
    public MicroTime(DateTimeOffset value) => Value = new DateTimeOffset(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>In UTC.</summary>
    public DateTimeOffset Value { get; }

    public int CompareTo(MicroTime other) => Value.CompareTo(other.Value);

    /// <summary>RFC 3339 with six digits, for example <c>2026-01-31T12:00:00.123456Z</c>.</summary>
    public override string ToString() => Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static implicit operator MicroTime(DateTimeOffset value) => new(value);

    public static implicit operator DateTimeOffset(MicroTime value) => value.Value;
}
