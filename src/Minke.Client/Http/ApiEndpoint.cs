using System.Security.Cryptography.X509Certificates;

namespace Minke.Client.Http;

/// <summary>Where an API server is and how to prove who one is to it.</summary>
public sealed record ApiEndpoint
{
    /// <summary>For example <c>https://10.0.0.1:6443</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>The authorities whose server certificates are accepted; with none, those that the system trusts.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>With its private key; null: none is shown.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Sent as a bearer token; null: none.</summary>
    public string? Token { get; init; }

    /// <summary>How long a request other than a watch may take, its answer's body included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Text by which the server's operators recognise the client.</summary>
    public string UserAgent { get; init; } = "minke";
}
