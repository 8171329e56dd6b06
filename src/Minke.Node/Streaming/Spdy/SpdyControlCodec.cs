using System.Buffers.Binary;

namespace Minke.Node.Streaming.Spdy;

/// <summary>
/// Writes and reads control frames of one connection. Stateful, because header compression runs over all frames of a direction: frames must be
/// encoded in the order in which they are sent. Encoding and decoding may be done by two different tasks.
/// </summary>
internal sealed class SpdyControlCodec : IDisposable
{
    private readonly SpdyHeaderCompressor _compressor = new();
    private readonly SpdyHeaderDecompressor _decompressor = new();

    public void Dispose() => _decompressor.Dispose();

    public byte[] Encode(SpdyControlFrame frame) => frame switch
    {
        SynStreamFrame syn => WithHeaders(SpdyFrameType.SynStream, SynFlags(syn), [syn.StreamId, syn.AssociatedId], 2, syn.Headers),
        SynReplyFrame reply => WithHeaders(SpdyFrameType.SynReply, FinFlag(reply.Fin), [reply.StreamId], 0, reply.Headers),
        HeadersFrame headers => WithHeaders(SpdyFrameType.Headers, FinFlag(headers.Fin), [headers.StreamId], 0, headers.Headers),
        RstStreamFrame reset => Numbers(SpdyFrameType.RstStream, [reset.StreamId, (uint)reset.Status]),
        PingFrame ping => Numbers(SpdyFrameType.Ping, [ping.Id]),
        GoAwayFrame goAway => Numbers(SpdyFrameType.GoAway, [goAway.LastStreamId, goAway.Status]),
        WindowUpdateFrame update => Numbers(SpdyFrameType.WindowUpdate, [update.StreamId, update.Delta]),
        SettingsFrame settings => Settings(settings),
        _ => throw new ArgumentException($"a frame of type {frame.GetType().Name} is never sent", nameof(frame)),
    };

    /// <exception cref="SpdyProtocolException">The payload does not fit the frame's type.</exception>
    public SpdyControlFrame Decode(SpdyFrameHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case SpdyFrameType.SynStream:
                Expect(header, payload.Length >= 10);
                var unidirectional = (header.Flags & SpdyFrameHeader.UnidirectionalFlag) != 0;
                return new SynStreamFrame(StreamId(payload), Number(payload, 4), header.Fin, unidirectional, Headers(payload[10..]));
            case SpdyFrameType.SynReply:
                Expect(header, payload.Length >= 4);
                return new SynReplyFrame(StreamId(payload), header.Fin, Headers(payload[4..]));
            case SpdyFrameType.Headers:
                Expect(header, payload.Length >= 4);
                return new HeadersFrame(StreamId(payload), header.Fin, Headers(payload[4..]));
            case SpdyFrameType.RstStream:
                Expect(header, payload.Length == 8);
                return new RstStreamFrame(StreamId(payload), (SpdyResetStatus)Number(payload, 4));
            case SpdyFrameType.Ping:
                Expect(header, payload.Length == 4);
                return new PingFrame(Number(payload, 0));
            case SpdyFrameType.GoAway:
                Expect(header, payload.Length == 8);
                return new GoAwayFrame(Number(payload, 0), Number(payload, 4));
            case SpdyFrameType.WindowUpdate:
                Expect(header, payload.Length == 8);
                return new WindowUpdateFrame(Number(payload, 0) & SpdyFrameHeader.StreamIdMask, Number(payload, 4));
            case SpdyFrameType.Settings:
                return Settings(header, payload);
            default:
                return new UnknownFrame(header.Type);
        }
    }

    private static byte FinFlag(bool fin) => fin ? SpdyFrameHeader.FinFlag : (byte)0;

    private static byte SynFlags(SynStreamFrame syn) => (byte)(FinFlag(syn.Fin) | (syn.Unidirectional ? SpdyFrameHeader.UnidirectionalFlag : 0));

    private byte[] WithHeaders(SpdyFrameType type, byte flags, ReadOnlySpan<uint> numbers, int padding, IReadOnlyDictionary<string, string> headers)
    {
        var block = _compressor.Compress(SpdyHeaderBlock.Encode(headers));
        var fixedBytes = (numbers.Length * 4) + padding;
        var frame = Begin(type, flags, fixedBytes + block.Length, numbers);
        block.CopyTo(frame.AsSpan(SpdyFrameHeader.Size + fixedBytes));
        return frame;
    }

    private static byte[] Numbers(SpdyFrameType type, ReadOnlySpan<uint> numbers) => Begin(type, 0, numbers.Length * 4, numbers);

    private static byte[] Begin(SpdyFrameType type, byte flags, int length, ReadOnlySpan<uint> numbers)
    {
        var frame = new byte[SpdyFrameHeader.Size + length];
        SpdyFrameHeader.Control(type, flags, length).Write(frame);
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(SpdyFrameHeader.Size + (i * 4)), numbers[i]);
        }

        return frame;
    }

    private static byte[] Settings(SettingsFrame frame)
    {
        var numbers = new uint[1 + (frame.Settings.Count * 2)];
        numbers[0] = (uint)frame.Settings.Count;
        for (var i = 0; i < frame.Settings.Count; i++)
        {
            numbers[1 + (i * 2)] = ((uint)frame.Settings[i].Flags << 24) | frame.Settings[i].Id;
            numbers[2 + (i * 2)] = frame.Settings[i].Value;
        }

        return Numbers(SpdyFrameType.Settings, numbers);
    }

    private static SettingsFrame Settings(SpdyFrameHeader header, ReadOnlySpan<byte> payload)
    {
        Expect(header, payload.Length >= 4 && Number(payload, 0) * 8L == payload.Length - 4);
        var settings = new SpdySetting[(payload.Length - 4) / 8];
        for (var i = 0; i < settings.Length; i++)
        {
            var key = Number(payload, 4 + (i * 8));
            settings[i] = new SpdySetting((byte)(key >> 24), key & 0xFF_FFFF, Number(payload, 8 + (i * 8)));
        }

        return new SettingsFrame(settings);
    }

    private static uint Number(ReadOnlySpan<byte> payload, int offset) => BinaryPrimitives.ReadUInt32BigEndian(payload[offset..]);

    private static uint StreamId(ReadOnlySpan<byte> payload)
    {
        var id = Number(payload, 0) & SpdyFrameHeader.StreamIdMask;
        return id != 0 ? id : throw new SpdyProtocolException("a control frame names stream 0");
    }

    private IReadOnlyDictionary<string, string> Headers(ReadOnlySpan<byte> compressed) =>
        SpdyHeaderBlock.Decode(_decompressor.Decompress(compressed));

    private static void Expect(SpdyFrameHeader header, bool fits)
    {
        if (!fits)
        {
            throw new SpdyProtocolException($"a {header.Type} frame of {header.Length} bytes");
        }
    }
}
