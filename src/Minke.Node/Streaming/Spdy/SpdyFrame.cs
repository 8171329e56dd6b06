using System.Buffers.Binary;

namespace Minke.Node.Streaming.Spdy;

/// <summary>Control frame types of SPDY/3.1.</summary>
internal enum SpdyFrameType : ushort
{
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    Headers = 8,
    WindowUpdate = 9,
}

/// <summary>Why a stream was reset.</summary>
internal enum SpdyResetStatus : uint
{
    ProtocolError = 1,
    InvalidStream = 2,
    RefusedStream = 3,
    UnsupportedVersion = 4,
    Cancel = 5,
    InternalError = 6,
    FlowControlError = 7,
    StreamInUse = 8,
    StreamAlreadyClosed = 9,
    FrameTooLarge = 11,
}

/// <summary>
/// The 8 bytes that begin every frame: for data the stream, for control frames the version and type, then flags and the payload's length.
/// </summary>
internal readonly record struct SpdyFrameHeader(bool IsControl, SpdyFrameType Type, uint StreamId, byte Flags, int Length)
{
    public const int Size = 8;
    public const byte FinFlag = 1;
    public const byte UnidirectionalFlag = 2;
    public const ushort Version = 3;
    public const uint StreamIdMask = 0x7FFF_FFFF;

    public bool Fin => (Flags & FinFlag) != 0;

    /// <exception cref="SpdyProtocolException">A control frame of another version.</exception>
    public static SpdyFrameHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var first = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var second = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        var flags = (byte)(second >> 24);
        var length = (int)(second & 0xFF_FFFF);
        if ((first & ~StreamIdMask) == 0)
        {
            return new SpdyFrameHeader(false, 0, first, flags, length);
        }

        var version = (first >> 16) & 0x7FFF;
        return version == Version
            ? new SpdyFrameHeader(true, (SpdyFrameType)(ushort)first, 0, flags, length)
            : throw new SpdyProtocolException($"a control frame of version {version}");
    }

    public void Write(Span<byte> bytes)
    {
        var first = IsControl ? 0x8000_0000 | ((uint)Version << 16) | (ushort)Type : StreamId;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, first);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], ((uint)Flags << 24) | (uint)Length);
    }

    public static SpdyFrameHeader Data(uint streamId, int length, bool fin) => new(false, 0, streamId, fin ? FinFlag : (byte)0, length);

    public static SpdyFrameHeader Control(SpdyFrameType type, byte flags, int length) => new(true, type, 0, flags, length);
}

/// <summary>A decoded control frame.</summary>
internal abstract record SpdyControlFrame;

internal sealed record SynStreamFrame(uint StreamId, uint AssociatedId, bool Fin, bool Unidirectional, IReadOnlyDictionary<string, string> Headers)
    : SpdyControlFrame;

internal sealed record SynReplyFrame(uint StreamId, bool Fin, IReadOnlyDictionary<string, string> Headers) : SpdyControlFrame;

internal sealed record RstStreamFrame(uint StreamId, SpdyResetStatus Status) : SpdyControlFrame;

internal sealed record SettingsFrame(IReadOnlyList<SpdySetting> Settings) : SpdyControlFrame;

internal sealed record PingFrame(uint Id) : SpdyControlFrame;

internal sealed record GoAwayFrame(uint LastStreamId, uint Status) : SpdyControlFrame;

internal sealed record HeadersFrame(uint StreamId, bool Fin, IReadOnlyDictionary<string, string> Headers) : SpdyControlFrame;

internal sealed record WindowUpdateFrame(uint StreamId, uint Delta) : SpdyControlFrame;

/// <summary>A type that this version does not define; receivers ignore it (SPDY draft 3, section 2.2.1).</summary>
internal sealed record UnknownFrame(SpdyFrameType Type) : SpdyControlFrame;

internal readonly record struct SpdySetting(byte Flags, uint Id, uint Value);
