using System.Text;
using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Containers;

/// <summary>A container's environment: <c>envFrom</c> first, then <c>env</c>, of which later ones see earlier ones.</summary>
public static class ContainerEnvironment
{
    /// <param name="skipped">Gets the keys of config maps and secrets that cannot be names of variables.</param>
    /// <exception cref="PodConfigException">A source that is not optional is not there.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> BuildAsync(
        Container container, DownwardValues downward, ConfigSources sources, ICollection<string> skipped, CancellationToken cancellationToken)
    {
        // In order of insertion, which is the order the runtime gets them in.
        var values = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var from in container.EnvFrom)
        {
            foreach (var (key, value) in await FromAsync(from, sources, cancellationToken))
            {
                if (IsName(from.Prefix + key))
                {
                    values[from.Prefix + key] = value;
                }
                else
                {
                    skipped.Add(key);
                }
            }
        }

        foreach (var variable in container.Env)
        {
            var value = variable.ValueFrom is { } source
                ? await ResolveAsync(source, container, downward, sources, cancellationToken)
                : Expansion.Expand(variable.Value, values);
            if (value is not null)
            {
                values[variable.Name] = value;
            }
        }

        return values;
    }

    private static async Task<IEnumerable<KeyValuePair<string, string>>> FromAsync(EnvFromSource from, ConfigSources sources, CancellationToken cancellationToken)
    {
        if (from.ConfigMapRef is { } configMap)
        {
            return (await sources.ConfigMapAsync(configMap.Reference.Name, configMap.Optional == true, cancellationToken))?.Data ?? [];
        }

        return from.SecretRef is { } secret && await sources.SecretAsync(secret.Reference.Name, secret.Optional == true, cancellationToken) is { } found
            ? found.Data.Select(static entry => new KeyValuePair<string, string>(entry.Key, Encoding.UTF8.GetString(entry.Value.Span)))
            : [];
    }

    /// <summary>Null: the source is optional and not there, so there is no such variable.</summary>
    private static async Task<string?> ResolveAsync(
        EnvVarSource source, Container container, DownwardValues downward, ConfigSources sources, CancellationToken cancellationToken)
    {
        if (source.FieldRef is { } field)
        {
            return downward.Field(field.FieldPath);
        }

        if (source.ResourceFieldRef is { } resource)
        {
            return downward.Resource(resource, container);
        }

        if (source.ConfigMapKeyRef is { } key)
        {
            var map = await sources.ConfigMapAsync(key.Reference.Name, key.Optional == true, cancellationToken);
            return map?.Data.TryGetValue(key.Key, out var value) == true ? value : Missing("ConfigMap", key.Reference.Name, key.Key, key.Optional);
        }

        if (source.SecretKeyRef is { } secretKey)
        {
            var secret = await sources.SecretAsync(secretKey.Reference.Name, secretKey.Optional == true, cancellationToken);
            return secret?.Data.TryGetValue(secretKey.Key, out var bytes) == true
                ? Encoding.UTF8.GetString(bytes.Span)
                : Missing("Secret", secretKey.Reference.Name, secretKey.Key, secretKey.Optional);
        }

        throw new PodConfigException("this source of an environment variable is not supported");
    }

    private static string? Missing(string kind, string name, string key, bool? optional) =>
        optional == true ? null : throw new PodConfigException($"couldn't find key {key} in {kind} {name}");

    /// <summary>Printable ASCII without an equals sign (KEP-4369).</summary>
    private static bool IsName(string name) => name.Length > 0 && name.All(static c => c is >= ' ' and <= '~' and not '=');
}
