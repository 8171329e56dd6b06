using System.Text;
using System.Text.Json;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Node.Images;

/// <summary>Finds what a pod's <c>imagePullSecrets</c> say about the registry of an image.</summary>
public sealed class RegistryCredentials(IObjectClient client)
{
    private const string JsonKey = ".dockerconfigjson";
    private const string LegacyKey = ".dockercfg";
    private const string DockerHub = "docker.io";

    /// <summary>In the order of the secrets. A secret that is not there, or is no such secret, is left out: the pull tells what is wrong.</summary>
    public async Task<IReadOnlyList<Cri.AuthConfig>> FindAsync(Pod pod, string image, CancellationToken cancellationToken)
    {
        var result = new List<Cri.AuthConfig>();
        foreach (var reference in pod.Spec.ImagePullSecrets)
        {
            if (await FindSecretAsync(pod.Metadata.Namespace, reference.Name, cancellationToken) is { } secret)
            {
                result.AddRange(Parse(secret, image));
            }
        }

        return result;
    }

    private async Task<Secret?> FindSecretAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync<Secret>(new ObjectKey(@namespace, name), cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    internal static IEnumerable<Cri.AuthConfig> Parse(Secret secret, string image)
    {
        var (key, nested) = secret.Data.ContainsKey(JsonKey) ? (JsonKey, true) : (LegacyKey, false);
        if (!secret.Data.TryGetValue(key, out var json))
        {
            yield break;
        }

        using var document = TryParse(json);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        var auths = document.RootElement;
        if (nested && !(document.RootElement.TryGetProperty("auths", out auths) && auths.ValueKind == JsonValueKind.Object))
        {
            yield break;
        }

        foreach (var entry in auths.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Object && IsFor(entry.Name, image))
            {
                yield return ToAuth(entry.Value);
            }
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A registry, with or without a scheme and the beginning of a repository's path.</summary>
    private static bool IsFor(string registry, string image)
    {
        var scheme = registry.IndexOf("://", StringComparison.Ordinal);
        var plain = (scheme < 0 ? registry : registry[(scheme + 3)..]).TrimEnd('/');
        if (plain is "index.docker.io/v1" or "index.docker.io" or "registry-1.docker.io")
        {
            plain = DockerHub;
        }

        var first = image.Split('/')[0];
        var hasHost = image.Contains('/') && (first.Contains('.') || first.Contains(':') || first == "localhost");
        var full = hasHost ? image : $"{DockerHub}/{image}";
        return full.StartsWith(plain, StringComparison.Ordinal) && (full.Length == plain.Length || full[plain.Length] is '/' or ':' or '@');
    }

    private static Cri.AuthConfig ToAuth(JsonElement entry)
    {
        var auth = new Cri.AuthConfig
        {
            Username = Text(entry, "username"),
            Password = Text(entry, "password"),
            IdentityToken = Text(entry, "identitytoken"),
            RegistryToken = Text(entry, "registrytoken"),
        };
        var both = new byte[1024];
        if (auth.Username.Length == 0 && Convert.TryFromBase64String(Text(entry, "auth"), both, out var length))
        {
            var parts = Encoding.UTF8.GetString(both, 0, length).Split(':', 2);
            auth.Username = parts[0];
            auth.Password = parts.Length > 1 ? parts[1].TrimEnd('\0') : "";
        }

        return auth;
    }

    private static string Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
