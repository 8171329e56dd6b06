using System.Text;
using Minke.Api;
using Minke.Api.Core;
using Minke.Node.Containers;

namespace Minke.Node.Volumes;

/// <summary>The files of volumes that are made from objects: config maps, secrets, the pod's own fields, and projections of several of them.</summary>
public static class VolumeFiles
{
    private const int ModeDefault = 0x1A4; // 644

    /// <summary>True for volumes whose files follow objects that may change.</summary>
    public static bool IsMadeOfFiles(VolumeSource source) =>
        source.ConfigMap is not null || source.Secret is not null || source.DownwardAPI is not null || source.Projected is not null;

    public static bool HoldsSecrets(VolumeSource source) => source.Secret is not null || source.Projected?.Sources.Any(static part => part.Secret is not null) == true;

    /// <exception cref="PodConfigException">A source that is not optional is not there.</exception>
    /// <exception cref="VolumeException">A source is not supported.</exception>
    public static async Task<IReadOnlyDictionary<string, VolumeFile>> CollectAsync(
        VolumeSource source, DownwardValues downward, ConfigSources sources, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, VolumeFile>(StringComparer.Ordinal);
        if (source.ConfigMap is { } map)
        {
            await AddConfigMapAsync(files, map.Reference.Name, map.Items, map.DefaultMode, map.Optional, sources, cancellationToken);
        }
        else if (source.Secret is { } secret)
        {
            await AddSecretAsync(files, secret.SecretName, secret.Items, secret.DefaultMode, secret.Optional, sources, cancellationToken);
        }
        else if (source.DownwardAPI is { } fields)
        {
            AddFields(files, fields.Items, fields.DefaultMode, downward);
        }
        else
        {
            foreach (var part in source.Projected?.Sources ?? [])
            {
                await AddProjectionAsync(files, part, source.Projected!.DefaultMode, downward, sources, cancellationToken);
            }
        }

        return files;
    }

    private static async Task AddProjectionAsync(
        Dictionary<string, VolumeFile> files, VolumeProjection part, int? mode, DownwardValues downward, ConfigSources sources, CancellationToken cancellationToken)
    {
        if (part.ConfigMap is { } map)
        {
            await AddConfigMapAsync(files, map.Reference.Name, map.Items, mode, map.Optional, sources, cancellationToken);
        }
        else if (part.Secret is { } secret)
        {
            await AddSecretAsync(files, secret.Reference.Name, secret.Items, mode, secret.Optional, sources, cancellationToken);
        }
        else if (part.DownwardAPI is { } fields)
        {
            AddFields(files, fields.Items, mode, downward);
        }
        else
        {
            var kind = part.ServiceAccountToken is not null ? "serviceAccountToken" : part.ClusterTrustBundle is not null ? "clusterTrustBundle" : "podCertificate";
            throw new VolumeException($"projected volume sources of kind {kind} are not supported yet", permanent: true);
        }
    }

    private static async Task AddConfigMapAsync(
        Dictionary<string, VolumeFile> files, string name, ApiList<KeyToPath> items, int? mode, bool? optional, ConfigSources sources, CancellationToken cancellationToken)
    {
        if (await sources.ConfigMapAsync(name, optional == true, cancellationToken) is not { } map)
        {
            return;
        }

        var data = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Data)
        {
            data[key] = Encoding.UTF8.GetBytes(value);
        }

        foreach (var (key, value) in map.BinaryData)
        {
            data[key] = value;
        }

        AddKeys(files, data, items, mode, optional, $"configmap \"{name}\"");
    }

    private static async Task AddSecretAsync(
        Dictionary<string, VolumeFile> files, string name, ApiList<KeyToPath> items, int? mode, bool? optional, ConfigSources sources, CancellationToken cancellationToken)
    {
        if (await sources.SecretAsync(name, optional == true, cancellationToken) is { } secret)
        {
            AddKeys(files, secret.Data, items, mode, optional, $"secret \"{name}\"");
        }
    }

    private static void AddKeys(
        Dictionary<string, VolumeFile> files, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> data, ApiList<KeyToPath> items, int? mode, bool? optional, string owner)
    {
        if (items.Count == 0)
        {
            foreach (var (key, value) in data)
            {
                files[key] = new VolumeFile(value, mode ?? ModeDefault);
            }
        }

        foreach (var item in items)
        {
            if (data.TryGetValue(item.Key, out var value))
            {
                files[item.Path] = new VolumeFile(value, item.Mode ?? mode ?? ModeDefault);
            }
            else if (optional != true)
            {
                throw new PodConfigException($"{owner} has no key \"{item.Key}\"");
            }
        }
    }

    private static void AddFields(Dictionary<string, VolumeFile> files, ApiList<DownwardAPIVolumeFile> items, int? mode, DownwardValues downward)
    {
        foreach (var item in items)
        {
            var value = item.FieldRef is { } field ? downward.Field(field.FieldPath) : item.ResourceFieldRef is { } resource ? downward.Resource(resource, null) : "";
            files[item.Path] = new VolumeFile(Encoding.UTF8.GetBytes(value), item.Mode ?? mode ?? ModeDefault);
        }
    }
}
