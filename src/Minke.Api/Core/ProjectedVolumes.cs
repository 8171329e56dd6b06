using Minke.Api.Meta;

namespace Minke.Api.Core;

/// <summary>Several sources in one directory.</summary>
public sealed partial class ProjectedVolumeSource : ApiType
{
    /// <summary>The sources.</summary>
    [Field(1), Required]
    public partial ApiList<VolumeProjection> Sources { get; set; }

    /// <summary>The files' permission bits.</summary>
    [Field(2)] public partial int? DefaultMode { get; set; }
}

/// <summary>One source of a projected volume; one of its fields is set.</summary>
public sealed partial class VolumeProjection : ApiType
{
    /// <summary>The entries of a secret.</summary>
    [Field(1)] public partial SecretProjection? Secret { get; set; }

    /// <summary>Fields of the pod.</summary>
    [Field(2)] public partial DownwardAPIProjection? DownwardAPI { get; set; }

    /// <summary>The entries of a config map.</summary>
    [Field(3)] public partial ConfigMapProjection? ConfigMap { get; set; }

    /// <summary>A token of the pod's service account.</summary>
    [Field(4)] public partial ServiceAccountTokenProjection? ServiceAccountToken { get; set; }

    /// <summary>Trusted certificates.</summary>
    [Field(5)] public partial ClusterTrustBundleProjection? ClusterTrustBundle { get; set; }

    /// <summary>A certificate made for the pod.</summary>
    [Field(6)] public partial PodCertificateProjection? PodCertificate { get; set; }
}

/// <summary>The entries of a secret.</summary>
public sealed partial class SecretProjection : ApiType
{
    /// <summary>The object, by name.</summary>
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    /// <summary>The entries to use and their paths; all when left out.</summary>
    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    /// <summary>Whether the secret may be missing.</summary>
    [Field(4)] public partial bool? Optional { get; set; }
}

/// <summary>Fields of the pod.</summary>
public sealed partial class DownwardAPIProjection : ApiType
{
    /// <summary>The files.</summary>
    [Field(1)] public partial ApiList<DownwardAPIVolumeFile> Items { get; set; }
}

/// <summary>The entries of a config map.</summary>
public sealed partial class ConfigMapProjection : ApiType
{
    /// <summary>The object, by name.</summary>
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    /// <summary>The entries to use and their paths; all when left out.</summary>
    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    /// <summary>Whether the config map may be missing.</summary>
    [Field(4)] public partial bool? Optional { get; set; }
}

/// <summary>A token of the pod's service account.</summary>
public sealed partial class ServiceAccountTokenProjection : ApiType
{
    /// <summary>Whom the token is for; the API server when left out.</summary>
    [Field(1)] public partial string Audience { get; set; }

    /// <summary>How long the token is valid, in seconds.</summary>
    [Field(2)] public partial long? ExpirationSeconds { get; set; }

    /// <summary>The file's path.</summary>
    [Field(3), Required]
    public partial string Path { get; set; }
}

/// <summary>Trusted certificates.</summary>
public sealed partial class ClusterTrustBundleProjection : ApiType
{
    /// <summary>One bundle, by name.</summary>
    [Field(1)] public partial string? Name { get; set; }

    /// <summary>All bundles of a signer.</summary>
    [Field(2)] public partial string? SignerName { get; set; }

    /// <summary>Which bundles of the signer.</summary>
    [Field(3)] public partial LabelSelector? LabelSelector { get; set; }

    /// <summary>Whether there may be none.</summary>
    [Field(5)] public partial bool? Optional { get; set; }

    /// <summary>The file's path.</summary>
    [Field(4), Required]
    public partial string Path { get; set; }
}

/// <summary>A certificate and key made for the pod.</summary>
public sealed partial class PodCertificateProjection : ApiType
{
    /// <summary>Who signs it.</summary>
    [Field(1)] public partial string SignerName { get; set; }

    /// <summary>The kind of key, for example ED25519.</summary>
    [Field(2)] public partial string KeyType { get; set; }

    /// <summary>How long it may be valid at most, in seconds.</summary>
    [Field(3)] public partial int? MaxExpirationSeconds { get; set; }

    /// <summary>The file with the key and the certificates.</summary>
    [Field(4)] public partial string CredentialBundlePath { get; set; }

    /// <summary>The file with the key.</summary>
    [Field(5)] public partial string KeyPath { get; set; }

    /// <summary>The file with the certificates.</summary>
    [Field(6)] public partial string CertificateChainPath { get; set; }

    /// <summary>What the signer is told beside.</summary>
    [Field(7)] public partial ApiMap<string> UserAnnotations { get; set; }
}
