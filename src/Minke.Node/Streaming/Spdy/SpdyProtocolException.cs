namespace Minke.Node.Streaming.Spdy;

/// <summary>The peer broke the SPDY/3.1 framing or went over a limit; the connection cannot be used any more.</summary>
internal sealed class SpdyProtocolException(string message, Exception? inner = null) : IOException(message, inner);
