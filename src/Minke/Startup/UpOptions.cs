using System.Net;
using Minke.Logging;

namespace Minke.Startup;

/// <summary>How to run one Minke. Checked when parsed; see <see cref="Preflight"/> for what depends on the machine.</summary>
internal sealed record UpOptions
{
    public required Instance Instance { get; init; }

    /// <summary>The address that the API is served on; it may be the one that stands for all of the machine's.</summary>
    public required IPAddress BindAddress { get; init; }

    public required int ApiPort { get; init; }

    /// <summary>Where this machine's own clients reach the API.</summary>
    public IPAddress ClientAddress =>
        BindAddress.Equals(IPAddress.Any) ? IPAddress.Loopback
        : BindAddress.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
        : BindAddress;

    /// <summary>Where the node agent serves logs, exec, attach and port-forward.</summary>
    public required int NodePort { get; init; }

    public required IPNetwork PodCidr { get; init; }

    public required string NodeName { get; init; }

    /// <summary>The socket of a container runtime that someone else runs, maybe with <c>unix://</c> before it; null: Minke runs its own containerd.</summary>
    public string? RuntimeEndpoint { get; init; }

    /// <summary>The path in <see cref="RuntimeEndpoint"/>.</summary>
    public string? RuntimeSocket =>
        RuntimeEndpoint?.StartsWith("unix://", StringComparison.Ordinal) == true ? RuntimeEndpoint["unix://".Length..] : RuntimeEndpoint;

    public LogFormat LogFormat { get; init; }
}
