using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Minke.Node.Streaming.Spdy;

/// <summary>
/// The uncompressed name/value block of SYN_STREAM, SYN_REPLY and HEADERS (SPDY draft 3, section 2.6.10). Names are lower case; several values
/// of one name are joined by NUL.
/// </summary>
internal static class SpdyHeaderBlock
{
    public static readonly IReadOnlyDictionary<string, string> Empty = new Dictionary<string, string>();

    /// <exception cref="SpdyProtocolException">The encoded block is larger than a peer has to accept.</exception>
    public static byte[] Encode(IReadOnlyDictionary<string, string> headers)
    {
        var block = new ArrayBufferWriter<byte>(256);
        WriteNumber(block, headers.Count);
        foreach (var (name, value) in headers)
        {
            WriteText(block, name.ToLowerInvariant());
            WriteText(block, value);
        }

        return block.WrittenCount <= SpdyLimits.HeaderBlockBytes
            ? block.WrittenSpan.ToArray()
            : throw new SpdyProtocolException($"a header block of {block.WrittenCount} bytes is over the limit of {SpdyLimits.HeaderBlockBytes}");
    }

    /// <exception cref="SpdyProtocolException">The block is malformed or over a limit.</exception>
    public static IReadOnlyDictionary<string, string> Decode(ReadOnlySpan<byte> block)
    {
        var count = ReadNumber(ref block);
        if (count > SpdyLimits.HeadersPerBlock)
        {
            throw new SpdyProtocolException($"{count} headers in one block are over the limit of {SpdyLimits.HeadersPerBlock}");
        }

        var headers = new Dictionary<string, string>((int)count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = ReadText(ref block).ToLowerInvariant();
            if (name.Length == 0 || !headers.TryAdd(name, ReadText(ref block)))
            {
                throw new SpdyProtocolException("a header name is empty or repeated");
            }
        }

        return block.IsEmpty ? headers : throw new SpdyProtocolException("bytes follow the last header of a block");
    }

    private static void WriteNumber(ArrayBufferWriter<byte> block, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(block.GetSpan(4), number);
        block.Advance(4);
    }

    private static void WriteText(ArrayBufferWriter<byte> block, string text)
    {
        WriteNumber(block, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, block);
    }

    private static uint ReadNumber(ref ReadOnlySpan<byte> block)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(block, out var number))
        {
            throw new SpdyProtocolException("a header block ends early");
        }

        block = block[4..];
        return number;
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        var length = ReadNumber(ref block);
        if (length > block.Length)
        {
            throw new SpdyProtocolException("a header block ends early");
        }

        var text = Encoding.UTF8.GetString(block[..(int)length]);
        block = block[(int)length..];
        return text;
    }
}
