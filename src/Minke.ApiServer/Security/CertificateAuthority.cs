using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Minke.ApiServer.Security;

/// <summary>
/// The cluster's own certificate authority (ECDSA P-256). Its key is made once and kept; its certificate is renewed with the same key, so
/// certificates that it issued stay valid.
/// </summary>
public sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 _certificate; // with its private key
    private readonly TimeProvider _time;

    private CertificateAuthority(X509Certificate2 certificate, TimeProvider time)
    {
        _certificate = certificate;
        _time = time;
    }

    /// <summary>The authority's certificate in PEM; what clients put into their <c>certificate-authority-data</c>.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>Opens the authority in a directory (<c>ca.crt</c>, <c>ca.key</c>), making it when it is not there.</summary>
    /// <exception cref="InvalidDataException">The files are there but do not fit each other or cannot be read as PEM.</exception>
    public static CertificateAuthority Open(string directory, TimeProvider time)
    {
        PrivateFiles.CreateDirectory(directory);
        var files = new CertificateFiles(Path.Combine(directory, "ca.crt"), Path.Combine(directory, "ca.key"));
        using var key = LoadOrCreateKey(files.KeyPath);
        var certificate = File.Exists(files.CertificatePath) ? LoadCertificate(files, key) : null;
        if (certificate is null || IsDue(certificate, time))
        {
            certificate?.Dispose();
            certificate = SelfSign(key, time);
            PrivateFiles.Write(files.CertificatePath, certificate.ExportCertificatePem() + "\n", secret: false);
        }

        return new CertificateAuthority(certificate, time);
    }

    /// <summary>
    /// The certificate in the files, when it still says what is asked and is not near its end; else a new one, which replaces the files.
    /// </summary>
    public X509Certificate2 LoadOrIssue(CertificateFiles files, CertificateSpec spec)
    {
        if (files.TryLoad() is { } existing)
        {
            if (!IsDue(existing, _time) && IsOurs(existing) && Matches(existing, spec))
            {
                return existing;
            }

            existing.Dispose();
        }

        var issued = Issue(spec);
        files.Save(issued);
        return issued;
    }

    /// <summary>Issues a certificate with a new key.</summary>
    public X509Certificate2 Issue(CertificateSpec spec)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(SubjectOf(spec), key, HashAlgorithmName.SHA256);
        AddLeafExtensions(request, spec);
        var now = _time.GetUtcNow();
        var end = now + LeafLifetime;
        var latest = new DateTimeOffset(_certificate.NotAfter.ToUniversalTime());
        using var signed = request.Create(_certificate, Later(now - ClockSkew, _certificate.NotBefore), end < latest ? end : latest, NewSerial());
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Whether a certificate was signed by this authority and is valid now for the purpose.</summary>
    public bool Verifies(X509Certificate2 certificate, CertificatePurpose purpose)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = NewChainPolicy();
        chain.ChainPolicy.ApplicationPolicy.Add(purpose == CertificatePurpose.Client ? Oids.ClientAuth : Oids.ServerAuth);
        return chain.Build(certificate);
    }

    /// <summary>
    /// Trusts this authority only, and never fetches anything from the addresses that a stranger's certificate names.
    /// </summary>
    internal X509ChainPolicy NewChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = _time.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.Add(_certificate);
        return policy;
    }

    public void Dispose() => _certificate.Dispose();

    private static ECDsa LoadOrCreateKey(string path)
    {
        var key = ECDsa.Create();
        try
        {
            if (File.Exists(path))
            {
                key.ImportFromPem(File.ReadAllText(path));
            }
            else
            {
                key.GenerateKey(ECCurve.NamedCurves.nistP256);
                PrivateFiles.Write(path, key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
            }

            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{path} does not hold a private key of an elliptic curve", e);
        }
    }

    private static X509Certificate2 LoadCertificate(CertificateFiles files, ECDsa key)
    {
        try
        {
            using var bare = X509Certificate2.CreateFromPem(File.ReadAllText(files.CertificatePath));
            return bare.CopyWithPrivateKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"{files.CertificatePath} does not belong to {files.KeyPath}", e);
        }
    }

    private static X509Certificate2 SelfSign(ECDsa key, TimeProvider time)
    {
        var request = new CertificateRequest("CN=minke-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now - ClockSkew, now + AuthorityLifetime);
    }

    private static X500DistinguishedName SubjectOf(CertificateSpec spec)
    {
        var builder = new X500DistinguishedNameBuilder();
        foreach (var organization in spec.Organizations)
        {
            builder.AddOrganizationName(organization);
        }

        builder.AddCommonName(spec.CommonName);
        return builder.Build();
    }

    private void AddLeafExtensions(CertificateRequest request, CertificateSpec spec)
    {
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension(Purposes(spec.Purpose), critical: false));
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (spec.DnsNames.Count + spec.Addresses.Count > 0)
        {
            extensions.Add(SubjectAlternativeNames(spec));
        }
    }

    private static X509Extension SubjectAlternativeNames(CertificateSpec spec)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in spec.DnsNames)
        {
            names.AddDnsName(name);
        }

        foreach (var address in spec.Addresses)
        {
            names.AddIpAddress(address);
        }

        return names.Build();
    }

    private static OidCollection Purposes(CertificatePurpose purpose)
    {
        var oids = new OidCollection();
        if (purpose.HasFlag(CertificatePurpose.Server))
        {
            oids.Add(Oids.ServerAuth);
        }

        if (purpose.HasFlag(CertificatePurpose.Client))
        {
            oids.Add(Oids.ClientAuth);
        }

        return oids;
    }

    private bool IsOurs(X509Certificate2 certificate) =>
        Verifies(certificate, certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(u => u.EnhancedKeyUsages[Oids.ClientAuth.Value!] is not null)
            ? CertificatePurpose.Client
            : CertificatePurpose.Server);

    private static bool Matches(X509Certificate2 certificate, CertificateSpec spec)
    {
        if (!certificate.SubjectName.RawData.AsSpan().SequenceEqual(SubjectOf(spec).RawData))
        {
            return false;
        }

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var dns = names?.EnumerateDnsNames().ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var addresses = names?.EnumerateIPAddresses().ToHashSet() ?? [];
        return dns.IsSupersetOf(spec.DnsNames) && addresses.IsSupersetOf(spec.Addresses);
    }

    /// <summary>The last third of a certificate's life is the time to replace it.</summary>
    private static bool IsDue(X509Certificate2 certificate, TimeProvider time)
    {
        var start = certificate.NotBefore.ToUniversalTime();
        var end = certificate.NotAfter.ToUniversalTime();
        return time.GetUtcNow().UtcDateTime > end - ((end - start) / 3);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTime b)
    {
        var other = new DateTimeOffset(b.ToUniversalTime());
        return a > other ? a : other;
    }

    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // positive and without a leading zero, as DER wants integers
        return serial;
    }

    private static class Oids
    {
        public static readonly Oid ServerAuth = new("1.3.6.1.5.5.7.3.1");
        public static readonly Oid ClientAuth = new("1.3.6.1.5.5.7.3.2");
    }
}
