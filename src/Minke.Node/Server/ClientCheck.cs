using System.Security.Cryptography.X509Certificates;

namespace Minke.Node.Server;

/// <summary>Lets in only clients that the authority has certified under one of the given names, for use as a client.</summary>
internal sealed class ClientCheck(X509Certificate2 authority, IReadOnlySet<string> names)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public bool IsAllowed(X509Certificate2 client)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ClientAuthentication));
        return chain.Build(client) && names.Contains(client.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
    }
}
