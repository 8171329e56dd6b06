using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Minke.ApiServer.Security;

/// <summary>
/// All certificates of a cluster that runs on one machine, kept in one directory and renewed at start when they are due.
/// Opening it makes what is missing.
/// </summary>
public sealed class ClusterPki : IDisposable
{
    private readonly string _directory;

    private ClusterPki(string directory, CertificateAuthority authority)
    {
        _directory = directory;
        Authority = authority;
    }

    public CertificateAuthority Authority { get; }

    /// <summary>What the API server shows to its clients.</summary>
    public required X509Certificate2 ApiServer { get; init; }

    /// <summary>What the API server shows to nodes when it forwards logs, exec and the like.</summary>
    public required X509Certificate2 ApiServerNodeClient { get; init; }

    /// <summary>The administrator's (group <c>system:masters</c>).</summary>
    public required X509Certificate2 Admin { get; init; }

    /// <summary>The name and file of the authority's certificate.</summary>
    public string AuthorityPath => Path.Combine(_directory, "ca.crt");

    /// <summary>Opens or creates the directory.</summary>
    /// <param name="directory">Usually <c>&lt;data-dir&gt;/pki</c>.</param>
    /// <param name="addresses">The addresses that clients reach the API server at, besides loopback.</param>
    /// <param name="time">Decides what is due for renewal.</param>
    public static ClusterPki Open(string directory, IEnumerable<IPAddress> addresses, TimeProvider time)
    {
        var authority = CertificateAuthority.Open(directory, time);
        return new ClusterPki(directory, authority)
        {
            ApiServer = authority.LoadOrIssue(FilesIn(directory, "apiserver"), ApiServerSpec(addresses)),
            ApiServerNodeClient = authority.LoadOrIssue(
                FilesIn(directory, "apiserver-node-client"), CertificateSpec.ForClient("minke-apiserver", UserInfo.Masters)),
            Admin = authority.LoadOrIssue(FilesIn(directory, "admin"), CertificateSpec.ForClient("minke-admin", UserInfo.Masters)),
        };
    }

    /// <summary>The certificate by which the node agent serves logs, exec and metrics.</summary>
    public X509Certificate2 NodeServing(string nodeName, IEnumerable<IPAddress> addresses) => Authority.LoadOrIssue(
        FilesIn(_directory, "node-serving"),
        CertificateSpec.ForServer($"system:node:{nodeName}", [nodeName, "localhost"], [IPAddress.Loopback, .. addresses]));

    /// <summary>The certificate by which the node agent speaks to the API server.</summary>
    public X509Certificate2 NodeClient(string nodeName) => Authority.LoadOrIssue(
        FilesIn(_directory, "node-client"), CertificateSpec.ForClient($"system:node:{nodeName}", UserInfo.Nodes));

    /// <summary>Writes the administrator's kubeconfig.</summary>
    public void WriteAdminKubeconfig(string path, Uri server) => PrivateFiles.Write(
        path, Kubeconfig.For("minke", server, Authority.CertificatePem, "minke-admin", Admin), secret: true);

    public void Dispose()
    {
        ApiServer.Dispose();
        ApiServerNodeClient.Dispose();
        Admin.Dispose();
        Authority.Dispose();
    }

    private static CertificateSpec ApiServerSpec(IEnumerable<IPAddress> addresses) => CertificateSpec.ForServer(
        "minke-apiserver",
        [
            "localhost",
            Dns.GetHostName(),
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local",
        ],
        [IPAddress.Loopback, IPAddress.IPv6Loopback, .. addresses]);

    private static CertificateFiles FilesIn(string directory, string name) =>
        new(Path.Combine(directory, name + ".crt"), Path.Combine(directory, name + ".key"));
}
