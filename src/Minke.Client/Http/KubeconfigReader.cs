using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Minke.Api;

namespace Minke.Client.Http;

/// <summary>Reads the current context of a kubeconfig file: certificates, keys and tokens, embedded or in files beside it. Commands (exec plugins) are refused.</summary>
public static class KubeconfigReader
{
    private const int BytesMax = 1024 * 1024;

    /// <exception cref="InvalidDataException">The file is not a kubeconfig that can be used; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ApiEndpoint Read(string path)
    {
        if (new FileInfo(path).Length > BytesMax)
        {
            throw new InvalidDataException($"{path} is larger than {BytesMax} bytes");
        }

        return Parse(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }

    /// <param name="directory">What relative paths in the text start from.</param>
    /// <exception cref="InvalidDataException">The text is not a kubeconfig that can be used.</exception>
    public static ApiEndpoint Parse(string text, string directory)
    {
        using var document = JsonDocument.Parse(ToJson(text));
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("the kubeconfig is not one YAML object");
        }

        var context = Named(root, "contexts", "context", Text(root, "current-context") ?? throw new InvalidDataException("the kubeconfig names no current-context"));
        var cluster = Named(root, "clusters", "cluster", Text(context, "cluster") ?? "");
        var user = Named(root, "users", "user", Text(context, "user") ?? "");
        if (user.TryGetProperty("exec", out _) || user.TryGetProperty("auth-provider", out _))
        {
            throw new InvalidDataException("the kubeconfig's user gets its credentials from a command or provider, which is not supported");
        }

        if (!Uri.TryCreate(Text(cluster, "server"), UriKind.Absolute, out var server))
        {
            throw new InvalidDataException("the kubeconfig's cluster has no server address");
        }

        return new ApiEndpoint
        {
            Server = server,
            Authorities = Authorities(Data(cluster, "certificate-authority", directory)),
            ClientCertificate = Certificate(Data(user, "client-certificate", directory), Data(user, "client-key", directory)),
            Token = Text(user, "token"),
        };
    }

    private static byte[] ToJson(string text)
    {
        try
        {
            return ApiYaml.ToJson(Encoding.UTF8.GetBytes(text));
        }
        catch (ApiException exception)
        {
            throw new InvalidDataException($"the kubeconfig is not YAML: {exception.Message}", exception);
        }
    }

    private static JsonElement Named(JsonElement root, string list, string member, string name)
    {
        if (root.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in items.EnumerateArray())
            {
                if (Text(item, "name") == name && item.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.Object)
                {
                    return found;
                }
            }
        }

        throw new InvalidDataException($"the kubeconfig has no {member} named '{name}'");
    }

    private static string? Text(JsonElement node, string key) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>The text under <c>key-data</c> (base64), or of the file that <c>key</c> names.</summary>
    private static string? Data(JsonElement node, string key, string directory)
    {
        if (Text(node, key + "-data") is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException exception)
            {
                throw new InvalidDataException($"the kubeconfig's {key}-data is not base64", exception);
            }
        }

        return Text(node, key) is { } file ? File.ReadAllText(Path.Combine(directory, file)) : null;
    }

    private static X509Certificate2Collection Authorities(string? pem)
    {
        var result = new X509Certificate2Collection();
        if (pem is not null)
        {
            result.ImportFromPem(pem);
        }

        return result;
    }

    private static X509Certificate2? Certificate(string? certificate, string? key)
    {
        if (certificate is null || key is null)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException("the kubeconfig's client certificate and key do not belong together or are damaged", exception);
        }
    }
}
