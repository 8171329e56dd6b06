using System.Net;

namespace Minke.Node.Streaming;

/// <summary>The runtime's streaming server did not take up a session.</summary>
internal sealed class RuntimeStreamException(HttpStatusCode status, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What to answer the client that asked for the session.</summary>
    public HttpStatusCode Status => status;
}
