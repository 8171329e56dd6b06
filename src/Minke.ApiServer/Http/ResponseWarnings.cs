using System.Text;
using Microsoft.AspNetCore.Http;

namespace Minke.ApiServer.Http;

/// <summary>Warning headers (RFC 7234, code 299), which kubectl prints.</summary>
internal static class ResponseWarnings
{
    private const int MaxWarnings = 16;
    private const int MaxTextLength = 256;

    public static void Add(HttpContext http, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings.Take(MaxWarnings))
        {
            http.Response.Headers.Append("Warning", $"299 - \"{Quotable(warning)}\"");
        }
    }

    // A header may hold printable ASCII only, and what a client sent must not end the quotation.
    private static string Quotable(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxTextLength)))
        {
            result.Append(c is '"' or '\\' ? "\\" : "").Append(c is >= ' ' and <= '~' ? c : '?');
        }

        return result.ToString();
    }
}
