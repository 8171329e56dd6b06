using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Minke.ApiServer.Security;

/// <summary>Where a certificate and its private key lie, both in PEM.</summary>
public sealed record CertificateFiles(string CertificatePath, string KeyPath)
{
    /// <summary>The pair in the files; null when a file is missing or they do not fit each other, as after a crash between the two writes.</summary>
    public X509Certificate2? TryLoad()
    {
        if (!File.Exists(CertificatePath) || !File.Exists(KeyPath))
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes a certificate that has its private key.</summary>
    public void Save(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new ArgumentException("the certificate has no private key of an elliptic curve", nameof(certificate));
        PrivateFiles.Write(KeyPath, key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        PrivateFiles.Write(CertificatePath, certificate.ExportCertificatePem() + "\n", secret: false);
    }
}
