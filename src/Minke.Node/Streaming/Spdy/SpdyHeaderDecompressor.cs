using System.Buffers.Binary;
using System.IO.Compression;

namespace Minke.Node.Streaming.Spdy;

/// <summary>
/// The receiving half of a connection's header compression. The platform's inflater takes no preset dictionary, so it is given the dictionary first,
/// as a stored deflate block whose output is dropped: after that its window holds what the sender's holds.
/// </summary>
internal sealed class SpdyHeaderDecompressor : IDisposable
{
    private const int DeflateMethod = 8;
    private const int PresetDictionaryFlag = 0x20;

    private readonly FeedStream _feed = new();
    private readonly DeflateStream _inflater;
    private readonly byte[] _output = new byte[SpdyLimits.HeaderBlockBytes + 1];
    private bool _begun;

    public SpdyHeaderDecompressor() => _inflater = new DeflateStream(_feed, CompressionMode.Decompress);

    /// <summary>The plain header block; valid until the next call.</summary>
    /// <exception cref="SpdyProtocolException">The data is not valid, or its plain form is over the limit.</exception>
    public ReadOnlySpan<byte> Decompress(ReadOnlySpan<byte> compressed)
    {
        try
        {
            _feed.Set(_begun ? compressed : Begin(compressed));
            return Drain();
        }
        catch (InvalidDataException invalid)
        {
            throw new SpdyProtocolException("a header block is not valid deflate data", invalid);
        }
    }

    public void Dispose() => _inflater.Dispose();

    private ReadOnlySpan<byte> Begin(ReadOnlySpan<byte> compressed)
    {
        if (compressed.Length < 2 || (compressed[0] & 0x0F) != DeflateMethod || ((compressed[0] << 8) | compressed[1]) % 31 != 0)
        {
            throw new SpdyProtocolException("the header compression does not begin with a zlib header");
        }

        _begun = true;
        if ((compressed[1] & PresetDictionaryFlag) == 0)
        {
            return compressed[2..];
        }

        if (!BinaryPrimitives.TryReadUInt32BigEndian(compressed[2..], out var id) || id != SpdyDictionary.Id)
        {
            throw new SpdyProtocolException("the header compression names an unknown dictionary");
        }

        Prime();
        return compressed[6..];
    }

    private void Prime()
    {
        var dictionary = SpdyDictionary.Bytes;
        var block = new byte[5 + dictionary.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(1), (ushort)dictionary.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), (ushort)~dictionary.Length);
        dictionary.CopyTo(block.AsSpan(5));
        _feed.Set(block);
        if (Drain().Length != dictionary.Length)
        {
            throw new InvalidOperationException("the inflater did not take the preset dictionary");
        }
    }

    private ReadOnlySpan<byte> Drain()
    {
        var filled = 0;
        while (true)
        {
            var read = _inflater.Read(_output.AsSpan(filled));
            filled += read;
            if (filled > SpdyLimits.HeaderBlockBytes)
            {
                throw new SpdyProtocolException($"a header block is over the limit of {SpdyLimits.HeaderBlockBytes} bytes");
            }

            if (read == 0)
            {
                return _feed.IsDrained ? _output.AsSpan(0, filled) : throw new SpdyProtocolException("data follows the end of the header compression");
            }
        }
    }

    /// <summary>Gives the inflater the bytes of one frame, then reports that there are no more for now.</summary>
    private sealed class FeedStream : Stream
    {
        private byte[] _bytes = [];
        private int _position;

        public bool IsDrained => _position == _bytes.Length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Set(ReadOnlySpan<byte> bytes)
        {
            _bytes = bytes.ToArray();
            _position = 0;
        }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _bytes.Length - _position);
            _bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
