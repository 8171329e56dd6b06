using System.Text;
using System.Text.Unicode;
using YamlDotNet.Core;

namespace Minke.Api;

/// <summary>
/// YAML to JSON by the rules that Kubernetes clients rely on (sigs.k8s.io/yaml): plain scalars of YAML 1.1, so that <c>yes</c>, <c>on</c> and
/// <c>0777</c> are not strings, string keys, merge keys, and no duplicate keys. Aliases count as often as they are used.
/// </summary>
public static class ApiYaml
{
    /// <summary>The JSON of the one document in the text.</summary>
    /// <exception cref="ApiException">400: the text is not YAML, or not exactly one document; 413: it is too large.</exception>
    public static byte[] ToJson(ReadOnlySpan<byte> utf8)
    {
        var documents = ToJsonDocuments(utf8);
        return documents.Count == 1 ? documents[0] : throw ApiErrors.BadRequest($"yaml: expected one document and found {documents.Count}");
    }

    /// <summary>The JSON of each document; empty ones are passed over.</summary>
    /// <exception cref="ApiException">400: the text is not YAML; 413: it is too large.</exception>
    public static IReadOnlyList<byte[]> ToJsonDocuments(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > ApiLimits.MaxBodyBytes)
        {
            throw ApiErrors.TooLarge($"the document is larger than {ApiLimits.MaxBodyBytes} bytes");
        }

        if (!Utf8.IsValid(utf8))
        {
            throw ApiErrors.BadRequest("yaml: the text is not valid UTF-8");
        }

        try
        {
            // A byte order mark says nothing in UTF-8.
            using var text = new StringReader(Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'));
            return Convert(new Parser(text));
        }
        catch (YamlException exception)
        {
            throw ApiErrors.BadRequest($"yaml: line {exception.Start.Line}: {exception.Message}", exception);
        }
    }

    private static List<byte[]> Convert(IParser parser)
    {
        var documents = new List<byte[]>();
        var composer = new YamlComposer(parser);
        while (composer.NextDocument() is { } root)
        {
            if (!root.IsNull)
            {
                documents.Add(YamlJson.Write(root));
            }
        }

        return documents;
    }
}
