using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.Api.OpenApi;

namespace Minke.ApiServer.Http;

/// <summary>Answers <c>/openapi/v2</c> and <c>/openapi/v3</c>.</summary>
internal sealed class OpenApiHandler
{
    private const string V2 = "/openapi/v2";
    private const string V3 = "/openapi/v3";

    private readonly ConcurrentDictionary<string, StaticDocument> _documents = new(StringComparer.Ordinal);

    public static bool Serves(string path) => path is V2 or V3 || path.StartsWith(V3 + "/", StringComparison.Ordinal);

    /// <exception cref="ApiException">There is no such document (404).</exception>
    public Task HandleAsync(HttpContext http, string path) => Find(http, path).WriteAsync(http);

    private StaticDocument Find(HttpContext http, string path)
    {
        var wantsProtobuf = path == V2 && http.Request.Headers.Accept.ToString().Contains(OpenApiDocuments.V2ProtoAccept, StringComparison.Ordinal);
        var key = wantsProtobuf ? path + "#proto" : path;
        if (_documents.TryGetValue(key, out var known))
        {
            return known;
        }

        // Only paths that exist are kept, so that strangers' paths cannot fill the memory.
        var document = wantsProtobuf ? new StaticDocument(OpenApiDocuments.V2ProtoMediaType, OpenApiDocuments.V2Proto()) : Json(path);
        return _documents.GetOrAdd(key, document);
    }

    private static StaticDocument Json(string path) => new(ResponseType.Json, path switch
    {
        V2 => OpenApiDocuments.V2Json(),
        V3 => OpenApiDocuments.V3Index(),
        _ => OpenApiDocuments.V3(path[(V3.Length + 1)..]) ?? throw ApiErrors.NoSuchPath(),
    });
}
