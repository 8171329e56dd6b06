using System.Net;

namespace Minke.Network;

/// <summary>Where one instance's pod network lives. Two instances on a machine differ in every one of these.</summary>
public sealed record PodNetworkOptions
{
    /// <summary>The CNI network's name; it also scopes what is removed. Letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>The bridge's interface name, at most 15 bytes.</summary>
    public required string Bridge { get; init; }

    /// <summary>The addresses of pods; the first one is the bridge's.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <summary>Where the CNI configuration is written; nothing else may be in there.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>Where the host-local plugin keeps which addresses are taken.</summary>
    public required string AddressDirectory { get; init; }
}
