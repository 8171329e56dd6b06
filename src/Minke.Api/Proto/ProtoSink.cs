using System.Text;

namespace Minke.Api;

/// <summary>
/// Writes protobuf from the end to the front, so that a message's length is known when its length prefix is due. Generated code drives it and
/// writes the fields in descending order. Values of Go structs are written even when zero, as Kubernetes' own encoders do.
/// </summary>
internal sealed class ProtoSink(int capacity = 1024)
{
    private byte[] _buffer = new byte[capacity];
    private int _start = capacity;

    public int Length => _buffer.Length - _start;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(_start);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Varint(ulong value)
    {
        var target = Reserve(((63 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7) + 1);
        for (var i = 0; i < target.Length - 1; i++)
        {
            target[i] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[^1] = (byte)value;
    }

    public void Tag(int number, WireType wire) => Varint(((ulong)number << 3) | (uint)wire);

    public void String(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Reserve(length));
        Varint((ulong)length);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Raw(value);
        Varint((ulong)value.Length);
    }

    public void Message(ApiType value)
    {
        var end = Length;
        value.WriteProtoFields(this);
        LengthSince(end);
    }

    /// <summary>The length prefix of what was written since <see cref="Length"/> was <paramref name="end"/>.</summary>
    public void LengthSince(int end) => Varint((ulong)(Length - end));

    /// <summary>metav1.Time and MicroTime: seconds and nanoseconds since 1970.</summary>
    public void Timestamp(DateTimeOffset value, bool wholeSeconds)
    {
        var end = Length;
        var ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        (seconds, rest) = rest < 0 ? (seconds - 1, rest + TimeSpan.TicksPerSecond) : (seconds, rest);
        Field<int, Int32Codec>(2, wholeSeconds ? 0 : (int)rest * 100);
        Field<long, Int64Codec>(1, seconds);
        LengthSince(end);
    }

    /// <summary>Always written.</summary>
    public void Field<T, TCodec>(int number, T value) where TCodec : ICodec<T>
    {
        TCodec.WriteProto(this, value);
        Tag(number, TCodec.Wire);
    }

    public void Optional<T, TCodec>(int number, T? value) where T : class where TCodec : ICodec<T>
    {
        if (value is not null)
        {
            Field<T, TCodec>(number, value);
        }
    }

    public void Optional<T, TCodec>(int number, T? value) where T : struct where TCodec : ICodec<T>
    {
        if (value is { } present)
        {
            Field<T, TCodec>(number, present);
        }
    }

    /// <summary>A message that is a Go struct: empty when absent.</summary>
    public void OrEmpty<T, TCodec>(int number, T? value) where T : struct where TCodec : ICodec<T>
    {
        if (value is { } present)
        {
            Field<T, TCodec>(number, present);
            return;
        }

        Varint(0);
        Tag(number, WireType.LengthDelimited);
    }

    public void List<T, TCodec>(int number, ApiList<T>? list) where TCodec : ICodec<T>
    {
        for (var i = (list?.Count ?? 0) - 1; i >= 0; i--)
        {
            Field<T, TCodec>(number, list![i]);
        }
    }

    public void Map<T, TCodec>(int number, ApiMap<T>? map) where TCodec : ICodec<T>
    {
        var entries = map is null ? default : map.AsSpan();
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            var end = Length;
            Field<T, TCodec>(2, entries[i].Value);
            Field<string, StringCodec>(1, entries[i].Key);
            LengthSince(end);
            Tag(number, WireType.LengthDelimited);
        }
    }

    private Span<byte> Reserve(int size)
    {
        if (_start < size)
        {
            Grow(size);
        }

        _start -= size;
        return _buffer.AsSpan(_start, size);
    }

    private void Grow(int size)
    {
        var larger = new byte[Math.Max(_buffer.Length * 2, checked(Length + size))];
        Written.CopyTo(larger.AsSpan(larger.Length - Length));
        _start = larger.Length - Length;
        _buffer = larger;
    }
}
