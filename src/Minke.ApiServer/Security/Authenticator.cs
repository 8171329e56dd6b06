using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Minke.Api;

namespace Minke.ApiServer.Security;

/// <summary>
/// Finds out who makes a request. The one proof that is known is a client certificate of the cluster's authority. Thread-safe.
/// </summary>
public sealed class Authenticator(CertificateAuthority authority)
{
    // A connection shows the same certificate with every request; an entry lives as long as its certificate.
    private readonly ConditionalWeakTable<X509Certificate2, UserInfo> _verified = [];

    /// <param name="certificate">What the client showed in the TLS handshake.</param>
    /// <param name="authorization">The <c>Authorization</c> header; empty when there is none.</param>
    /// <returns>The user; <see cref="UserInfo.Anonymous"/> when the client proves nothing.</returns>
    /// <exception cref="ApiException">The client offers a proof that does not hold (401).</exception>
    public UserInfo Authenticate(X509Certificate2? certificate, string authorization)
    {
        if (certificate is not null)
        {
            return _verified.TryGetValue(certificate, out var known) ? known : Verify(certificate);
        }

        return authorization.Length == 0 ? UserInfo.Anonymous : throw ApiErrors.Unauthorized();
    }

    private UserInfo Verify(X509Certificate2 certificate)
    {
        if (!authority.Verifies(certificate, CertificatePurpose.Client))
        {
            throw ApiErrors.Unauthorized();
        }

        var user = UserInfo.Of(certificate);
        if (user.Name.Length == 0)
        {
            throw ApiErrors.Unauthorized();
        }

        _verified.AddOrUpdate(certificate, user);
        return user;
    }
}
