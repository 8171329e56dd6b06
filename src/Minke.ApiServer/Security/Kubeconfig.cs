using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Minke.ApiServer.Security;

/// <summary>The file by which kubectl and client libraries find a cluster and prove who they are.</summary>
public static class Kubeconfig
{
    /// <summary>The text of a kubeconfig with one cluster, one user and one context, all data embedded.</summary>
    /// <param name="client">A certificate with its private key.</param>
    public static string For(string cluster, Uri server, string authorityPem, string user, X509Certificate2 client)
    {
        using var key = client.GetECDsaPrivateKey() ?? throw new ArgumentException("the certificate has no private key of an elliptic curve", nameof(client));
        return $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {cluster}
              cluster:
                server: {server.GetLeftPart(UriPartial.Authority)}
                certificate-authority-data: {Base64(authorityPem)}
            users:
            - name: {user}
              user:
                client-certificate-data: {Base64(client.ExportCertificatePem() + "\n")}
                client-key-data: {Base64(key.ExportPkcs8PrivateKeyPem() + "\n")}
            contexts:
            - name: {cluster}
              context:
                cluster: {cluster}
                user: {user}
            current-context: {cluster}

            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
