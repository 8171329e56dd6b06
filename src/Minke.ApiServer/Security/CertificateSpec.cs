using System.Net;

namespace Minke.ApiServer.Security;

/// <summary>What a certificate is good for.</summary>
[Flags]
public enum CertificatePurpose
{
    Server = 1,
    Client = 2,
}

/// <summary>The content of a certificate that the cluster's authority is to issue.</summary>
/// <param name="CommonName">The user name of a client, the main name of a server.</param>
/// <param name="Organizations">The groups of a client (Kubernetes reads a client certificate's organizations as groups).</param>
/// <param name="DnsNames">Names that a server answers to.</param>
/// <param name="Addresses">Addresses that a server answers to.</param>
public sealed record CertificateSpec(
    string CommonName,
    CertificatePurpose Purpose,
    IReadOnlyList<string> Organizations,
    IReadOnlyList<string> DnsNames,
    IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>A certificate by which a client proves who it is.</summary>
    public static CertificateSpec ForClient(string user, params string[] groups) => new(user, CertificatePurpose.Client, groups, [], []);

    /// <summary>A certificate by which a server proves its names and addresses.</summary>
    public static CertificateSpec ForServer(string name, IEnumerable<string> dnsNames, IEnumerable<IPAddress> addresses) =>
        new(name, CertificatePurpose.Server, [], [.. dnsNames.Distinct(StringComparer.OrdinalIgnoreCase)], [.. addresses.Distinct()]);
}
