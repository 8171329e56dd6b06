using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Node.Containers;

/// <summary>Reads the config maps and secrets that one pod names, each at most once, so that everything made from them at one time agrees.</summary>
public sealed class ConfigSources(IObjectClient client, string @namespace)
{
    private readonly Dictionary<string, ConfigMap?> _configMaps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Secret?> _secrets = new(StringComparer.Ordinal);

    /// <summary>Null when it does not exist and is optional.</summary>
    /// <exception cref="PodConfigException">It does not exist and has to.</exception>
    public async Task<ConfigMap?> ConfigMapAsync(string name, bool optional, CancellationToken cancellationToken)
    {
        if (!_configMaps.TryGetValue(name, out var found))
        {
            _configMaps[name] = found = await FindAsync<ConfigMap>(name, cancellationToken);
        }

        return found ?? (optional ? null : throw new PodConfigException($"configmap \"{name}\" not found"));
    }

    /// <inheritdoc cref="ConfigMapAsync"/>
    public async Task<Secret?> SecretAsync(string name, bool optional, CancellationToken cancellationToken)
    {
        if (!_secrets.TryGetValue(name, out var found))
        {
            _secrets[name] = found = await FindAsync<Secret>(name, cancellationToken);
        }

        return found ?? (optional ? null : throw new PodConfigException($"secret \"{name}\" not found"));
    }

    private async Task<T?> FindAsync<T>(string name, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        try
        {
            return await client.GetAsync<T>(new ObjectKey(@namespace, name), cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
