using System.Text;

namespace Minke.Api;

/// <summary>Any JSON value, kept as its bytes (runtime.RawExtension, metav1.FieldsV1). Immutable; the bytes must not be changed by whoever made them.</summary>
/// <param name="utf8">A complete, valid JSON value.</param>
public sealed class RawJson(ReadOnlyMemory<byte> utf8) : IEquatable<RawJson>
{
    public RawJson(string json) : this(Encoding.UTF8.GetBytes(json))
    {
    }

    public ReadOnlyMemory<byte> Utf8 => utf8;

    public bool Equals(RawJson? other) => other is not null && Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => Equals(obj as RawJson);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
