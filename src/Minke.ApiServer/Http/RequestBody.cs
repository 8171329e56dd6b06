using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Minke.Api;

namespace Minke.ApiServer.Http;

/// <summary>Reads whole request bodies and decodes the objects in them.</summary>
internal static class RequestBody
{
    private const string Yaml = "application/yaml";

    private static readonly string[] s_accepted = [ResponseType.Json, Yaml, ResponseType.Protobuf];

    /// <exception cref="ApiException">The body is too large (413).</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            if (result.Buffer.Length > TlsListener.MaxRequestBytes)
            {
                throw ApiErrors.TooLarge($"limit is {TlsListener.MaxRequestBytes}");
            }

            if (result.IsCompleted)
            {
                return Take(reader, result.Buffer);
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The media type of the body, without parameters.</summary>
    public static string MediaType(HttpContext http)
    {
        var type = http.Request.ContentType ?? "";
        var semicolon = type.IndexOf(';');
        return (semicolon < 0 ? type : type[..semicolon]).Trim();
    }

    /// <summary>Decodes an object of a kind; fields that it does not have become Warning headers or an error, as the client asked.</summary>
    /// <exception cref="ApiException">The body is not such an object (400), or in a form that is not known (415).</exception>
    public static async ValueTask<ApiObject> ReadObjectAsync(HttpContext http, KindInfo kind)
    {
        var body = await ReadAsync(http);
        var validation = new RequestQuery(http.Request.Query).FieldValidation;
        var warnings = new List<string>();
        var item = MediaType(http) switch
        {
            ResponseType.Json or "" => ApiJson.Decode(kind, body.Span, validation, warnings),
            Yaml => ApiJson.Decode(kind, ApiYaml.ToJson(body.Span), validation, warnings),
            ResponseType.Protobuf => ApiProto.Decode(kind, body.Span),
            _ => throw ApiErrors.UnsupportedMediaType(s_accepted),
        };
        ResponseWarnings.Add(http, warnings);
        return item;
    }

    /// <summary>Decodes a document; null when there is no body.</summary>
    /// <exception cref="ApiException">The body is not such a document (400), or in a form that is not known (415).</exception>
    public static async ValueTask<T?> ReadDocumentAsync<T>(HttpContext http) where T : ApiRoot, new()
    {
        var body = await ReadAsync(http);
        if (body.IsEmpty)
        {
            return null;
        }

        return MediaType(http) switch
        {
            ResponseType.Json or "" => ApiJson.Decode<T>(body.Span),
            Yaml => ApiJson.Decode<T>(ApiYaml.ToJson(body.Span)),
            ResponseType.Protobuf => ApiProto.Decode<T>(body.Span),
            _ => throw ApiErrors.UnsupportedMediaType(s_accepted),
        };
    }

    private static ReadOnlyMemory<byte> Take(PipeReader reader, ReadOnlySequence<byte> buffer)
    {
        var bytes = buffer.ToArray();
        reader.AdvanceTo(buffer.End);
        return bytes;
    }
}
