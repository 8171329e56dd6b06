using Minke.Api.Meta;

namespace Minke.Api.Core;

public sealed partial class ProjectedVolumeSource : ApiType
{
    [Field(1), Required]
    public partial ApiList<VolumeProjection> Sources { get; set; }

    [Field(2)] public partial int? DefaultMode { get; set; }
}

public sealed partial class VolumeProjection : ApiType
{
    [Field(1)] public partial SecretProjection? Secret { get; set; }

    [Field(2)] public partial DownwardAPIProjection? DownwardAPI { get; set; }

    [Field(3)] public partial ConfigMapProjection? ConfigMap { get; set; }

    [Field(4)] public partial ServiceAccountTokenProjection? ServiceAccountToken { get; set; }

    [Field(5)] public partial ClusterTrustBundleProjection? ClusterTrustBundle { get; set; }

    [Field(6)] public partial PodCertificateProjection? PodCertificate { get; set; }
}

public sealed partial class SecretProjection : ApiType
{
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    [Field(4)] public partial bool? Optional { get; set; }
}

public sealed partial class DownwardAPIProjection : ApiType
{
    [Field(1)] public partial ApiList<DownwardAPIVolumeFile> Items { get; set; }
}

public sealed partial class ConfigMapProjection : ApiType
{
    [Inline(1)] public partial LocalObjectReference Reference { get; set; }

    [Field(2)] public partial ApiList<KeyToPath> Items { get; set; }

    [Field(4)] public partial bool? Optional { get; set; }
}

public sealed partial class ServiceAccountTokenProjection : ApiType
{
    [Field(1)] public partial string Audience { get; set; }

    [Field(2)] public partial long? ExpirationSeconds { get; set; }

    [Field(3), Required]
    public partial string Path { get; set; }
}

public sealed partial class ClusterTrustBundleProjection : ApiType
{
    [Field(1)] public partial string? Name { get; set; }

    [Field(2)] public partial string? SignerName { get; set; }

    [Field(3)] public partial LabelSelector? LabelSelector { get; set; }

    [Field(5)] public partial bool? Optional { get; set; }

    [Field(4), Required]
    public partial string Path { get; set; }
}

public sealed partial class PodCertificateProjection : ApiType
{
    [Field(1)] public partial string SignerName { get; set; }

    [Field(2)] public partial string KeyType { get; set; }

    [Field(3)] public partial int? MaxExpirationSeconds { get; set; }

    [Field(4)] public partial string CredentialBundlePath { get; set; }

    [Field(5)] public partial string KeyPath { get; set; }

    [Field(6)] public partial string CertificateChainPath { get; set; }

    [Field(7)] public partial ApiMap<string> UserAnnotations { get; set; }
}
