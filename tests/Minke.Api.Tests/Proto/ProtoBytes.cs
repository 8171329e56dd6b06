namespace Minke.Api.Tests.Proto;

/// <summary>Puts protobuf bytes together by hand, apart from the code under test.</summary>
internal sealed class ProtoBytes
{
    private readonly List<byte> _bytes = [];

    public ProtoBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ProtoBytes Field(int number, byte[] value)
    {
        Varint(((uint)number << 3) | 2);
        Varint((uint)value.Length);
        return Raw(value);
    }

    public byte[] ToArray() => [.. _bytes];

    private void Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
    }
}
