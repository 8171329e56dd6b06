using Minke.Api.Selectors;

namespace Minke.Api.Core;

/// <summary>Checks volumes that are put together from several sources.</summary>
internal static class ProjectedVolumeValidation
{
    private const long MinTokenSeconds = 600;
    private const long MaxTokenSeconds = 1L << 32;

    public static void Validate(ProjectedVolumeSource? volume, FieldPath path, FieldErrors errors)
    {
        if (volume is null)
        {
            return;
        }

        VolumeValidation.CheckMode(volume.DefaultMode, path.Child("defaultMode"), errors);
        HashSet<string> paths = new(StringComparer.Ordinal);
        for (var i = 0; i < volume.Sources.Count; i++)
        {
            CheckSource(volume.Sources[i], path.Child("sources").Index(i), errors);
            CheckConflicts(volume.Sources[i], paths, path.Child("sources").Index(i), errors);
        }
    }

    private static void CheckSource(VolumeProjection source, FieldPath path, FieldErrors errors)
    {
        (string Name, ApiType? Value)[] kinds =
        [
            ("secret", source.Secret), ("configMap", source.ConfigMap), ("downwardAPI", source.DownwardAPI),
            ("serviceAccountToken", source.ServiceAccountToken), ("clusterTrustBundle", source.ClusterTrustBundle), ("podCertificate", source.PodCertificate),
        ];
        var given = kinds.Where(kind => kind.Value is not null).ToList();
        if (given.Count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }

        foreach (var (name, _) in given.Skip(1))
        {
            errors.Forbidden(path.Child(name), "may not specify more than 1 volume type per source");
        }

        if (source.Secret is { } secret)
        {
            errors.CheckRequired(path.Child("secret").Child("name"), secret.Reference.Name);
            VolumeFileValidation.CheckKeys(secret.Items, path.Child("secret").Child("items"), errors);
        }

        if (source.ConfigMap is { } configMap)
        {
            errors.CheckRequired(path.Child("configMap").Child("name"), configMap.Reference.Name);
            VolumeFileValidation.CheckKeys(configMap.Items, path.Child("configMap").Child("items"), errors);
        }

        if (source.DownwardAPI is { } downward)
        {
            VolumeFileValidation.CheckDownward(downward.Items, path.Child("downwardAPI").Child("items"), errors);
        }

        CheckToken(source.ServiceAccountToken, path.Child("serviceAccountToken"), errors);
        CheckTrustBundle(source.ClusterTrustBundle, path.Child("clusterTrustBundle"), errors);
    }

    private static void CheckToken(ServiceAccountTokenProjection? token, FieldPath path, FieldErrors errors)
    {
        if (token is null)
        {
            return;
        }

        VolumeFileValidation.CheckPath(token.Path, path.Child("path"), errors);
        if (token.ExpirationSeconds < MinTokenSeconds)
        {
            errors.Invalid(path.Child("expirationSeconds"), token.ExpirationSeconds, "may not specify a duration less than 10 minutes");
        }

        if (token.ExpirationSeconds > MaxTokenSeconds)
        {
            errors.Invalid(path.Child("expirationSeconds"), token.ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
        }
    }

    private static void CheckTrustBundle(ClusterTrustBundleProjection? bundle, FieldPath path, FieldErrors errors)
    {
        if (bundle is null)
        {
            return;
        }

        VolumeFileValidation.CheckPath(bundle.Path, path.Child("path"), errors);
        if (bundle.Name is null == bundle.SignerName is null)
        {
            errors.Required(path, "either name or signerName must be specified");
        }

        if (bundle.Name is { } name)
        {
            errors.AddAll(path.Child("name"), name, NameSyntax.Dns1123Subdomain(name));
        }
    }

    private static void CheckConflicts(VolumeProjection source, HashSet<string> paths, FieldPath path, FieldErrors errors)
    {
        IEnumerable<string> files =
        [
            .. source.Secret?.Items.Select(item => item.Path) ?? [],
            .. source.ConfigMap?.Items.Select(item => item.Path) ?? [],
            .. source.DownwardAPI?.Items.Select(item => item.Path) ?? [],
            .. source.ServiceAccountToken is { } token ? [token.Path] : Array.Empty<string>(),
        ];
        foreach (var file in files.Where(file => file.Length > 0 && !paths.Add(file)))
        {
            errors.Invalid(path, file, "conflicting duplicate paths");
        }
    }
}
