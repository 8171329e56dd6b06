using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Minke.ApiServer.Http;

/// <summary>Writes complete answers.</summary>
internal static class ResponseBody
{
    // kube-apiserver's threshold: compressing what fits into a few packets costs more than it saves.
    private const int CompressFrom = 128 * 1024;

    public static Task WriteAsync(HttpContext http, int code, string contentType, ReadOnlyMemory<byte> body) =>
        WriteAsync(http, code, contentType, [body]);

    /// <summary>Writes an answer of several parts, compressed when it is large and the client can read that.</summary>
    public static async Task WriteAsync(HttpContext http, int code, string contentType, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var response = http.Response;
        response.StatusCode = code;
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-cache, private";
        response.Headers.Vary = "Accept-Encoding";
        var length = parts.Sum(p => (long)p.Length);
        if (length >= CompressFrom && AcceptsGzip(http.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await WritePartsAsync(gzip, parts, http.RequestAborted);
            return;
        }

        response.ContentLength = length;
        await WritePartsAsync(response.Body, parts, http.RequestAborted);
    }

    private static async Task WritePartsAsync(Stream stream, IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            await stream.WriteAsync(part, cancellationToken);
        }
    }

    private static bool AcceptsGzip(HttpRequest request)
    {
        foreach (var header in request.Headers.AcceptEncoding)
        {
            foreach (var coding in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (coding is "gzip" || (coding.StartsWith("gzip;", StringComparison.Ordinal) && !coding.EndsWith("q=0", StringComparison.Ordinal)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
