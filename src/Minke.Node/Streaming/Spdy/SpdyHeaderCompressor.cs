using System.Buffers.Binary;

namespace Minke.Node.Streaming.Spdy;

/// <summary>
/// The sending half of a connection's header compression: one zlib stream (RFC 1950) over all header blocks, begun with the preset dictionary's id.
/// The blocks are sent as stored deflate blocks (RFC 1951, 3.2.4) followed by an empty one, which is what a synchronous flush looks like to the
/// receiver. Header blocks of this protocol are a few dozen bytes, so that nothing is lost by not shrinking them.
/// </summary>
internal sealed class SpdyHeaderCompressor
{
    private const int MaxStoredBytes = ushort.MaxValue;

    private static ReadOnlySpan<byte> EmptyStoredBlock => [0x00, 0x00, 0x00, 0xFF, 0xFF];

    private bool _begun;

    public byte[] Compress(ReadOnlySpan<byte> block)
    {
        using var compressed = new MemoryStream(block.Length + 32);
        if (!_begun)
        {
            _begun = true;
            WriteZlibHeader(compressed);
        }

        while (!block.IsEmpty)
        {
            var piece = block[..Math.Min(block.Length, MaxStoredBytes)];
            WriteStoredBlock(compressed, piece);
            block = block[piece.Length..];
        }

        compressed.Write(EmptyStoredBlock);
        return compressed.ToArray();
    }

    private static void WriteZlibHeader(MemoryStream compressed)
    {
        // Deflate with a 32 KiB window; a preset dictionary is used; the pair is a multiple of 31.
        Span<byte> header = [0x78, 0x20, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(header[2..], SpdyDictionary.Id);
        compressed.Write(header);
    }

    private static void WriteStoredBlock(MemoryStream compressed, ReadOnlySpan<byte> piece)
    {
        Span<byte> header = stackalloc byte[5];
        header[0] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header[1..], (ushort)piece.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[3..], (ushort)~piece.Length);
        compressed.Write(header);
        compressed.Write(piece);
    }
}
