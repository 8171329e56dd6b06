using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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
        var root = Root(text);
        var context = Named(root, "contexts", "context", Text(root, "current-context") ?? throw new InvalidDataException("the kubeconfig names no current-context"));
        var cluster = Named(root, "clusters", "cluster", Text(context, "cluster") ?? "");
        var user = Named(root, "users", "user", Text(context, "user") ?? "");
        if (user.Children.ContainsKey("exec") || user.Children.ContainsKey("auth-provider"))
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

    private static YamlMappingNode Root(string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 1 && yaml.Documents[0].RootNode is YamlMappingNode root
                ? root
                : throw new InvalidDataException("the kubeconfig is not one YAML object");
        }
        catch (YamlException exception)
        {
            throw new InvalidDataException($"the kubeconfig is not YAML: {exception.Message}", exception);
        }
    }

    private static YamlMappingNode Named(YamlMappingNode root, string list, string member, string name)
    {
        if (root.Children.TryGetValue(list, out var node) && node is YamlSequenceNode items)
        {
            foreach (var item in items.Children.OfType<YamlMappingNode>())
            {
                if (Text(item, "name") == name && item.Children.TryGetValue(member, out var found) && found is YamlMappingNode mapping)
                {
                    return mapping;
                }
            }
        }

        throw new InvalidDataException($"the kubeconfig has no {member} named '{name}'");
    }

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    /// <summary>The text under <c>key-data</c> (base64), or of the file that <c>key</c> names.</summary>
    private static string? Data(YamlMappingNode node, string key, string directory)
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
