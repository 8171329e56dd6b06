namespace Minke.Node.Streaming.Spdy;

/// <summary>Bounds on what a peer can make a connection hold in memory.</summary>
internal static class SpdyLimits
{
    /// <summary>Bytes of one control frame's payload. Data frames are passed on piecemeal and need no bound of their own.</summary>
    public const int ControlFrameBytes = 64 * 1024;

    /// <summary>Bytes of one header block after decompression.</summary>
    public const int HeaderBlockBytes = 64 * 1024;

    public const int HeadersPerBlock = 128;

    /// <summary>Streams that are open at the same time; further ones are refused.</summary>
    public const int OpenStreams = 1024;

    /// <summary>Bytes of received data that wait for their reader, for each stream. The connection is not read while one stream is full.</summary>
    public const int StreamBufferBytes = 256 * 1024;

    /// <summary>Bytes of payload put in one outgoing data frame.</summary>
    public const int OutgoingDataBytes = 32 * 1024;
}
