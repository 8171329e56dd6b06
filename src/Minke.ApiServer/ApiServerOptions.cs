using System.Net;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.ApiServer.Security;
using Minke.Store;

namespace Minke.ApiServer;

/// <summary>What an API server is made of.</summary>
public sealed record ApiServerOptions
{
    /// <summary>Where to listen; port 0: one that the system chooses.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>Stays the caller's.</summary>
    public required ClusterPki Pki { get; init; }

    /// <summary>Stays the caller's.</summary>
    public required IStore Store { get; init; }

    public required TimeProvider Time { get; init; }

    public required Ids Ids { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Reads that may be answered at once; more are refused with 429.</summary>
    public int MaxReadsInflight { get; init; } = 400;

    /// <summary>Writes that may be answered at once; more are refused with 429.</summary>
    public int MaxWritesInflight { get; init; } = 200;
}
