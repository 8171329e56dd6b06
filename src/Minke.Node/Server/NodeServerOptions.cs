using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Minke.Node.Server;

/// <summary>What the node's HTTPS server needs to know.</summary>
public sealed record NodeServerOptions
{
    /// <summary>Port 10250 is what other programs expect; 0 lets the system choose.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>The certificate shown to clients, with its key; its names must include the node's name.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Signs the certificates of clients. A client without one of these is not let in.</summary>
    public required X509Certificate2 ClientAuthority { get; init; }

    /// <summary>The common names of the clients that are let in. The authority also signs users' certificates, so that its signature is not enough.</summary>
    public IReadOnlySet<string> ClientNames { get; init; } = new HashSet<string>(StringComparer.Ordinal) { "minke-apiserver" };

    /// <summary>A streaming session over which nothing passes for so long is ended.</summary>
    public TimeSpan StreamIdleLimit { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Further paths (for example <c>/metrics/resource</c>), served to the same clients.</summary>
    public IReadOnlyDictionary<string, RequestDelegate> Routes { get; init; } = new Dictionary<string, RequestDelegate>();
}
