using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Minke.ApiServer.Http;

/// <summary>A document that does not change while the server runs; clients may keep it by its ETag.</summary>
internal sealed class StaticDocument
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly string _contentType;

    public StaticDocument(string contentType, ReadOnlyMemory<byte> body)
    {
        _contentType = contentType;
        _body = body;
        ETag = $"\"{Convert.ToHexString(SHA256.HashData(body.Span))}\"";
    }

    /// <summary>The content's hash in quotes.</summary>
    public string ETag { get; }

    public Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.ETag = ETag;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(ETag, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return ResponseBody.WriteAsync(http, StatusCodes.Status200OK, _contentType, _body);
    }
}
