using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Minke.Node.Streaming;

/// <summary>
/// The server's side of RFC 6455, section 4.2. The framework's own does not do: it refuses the subprotocol name <c>SPDY/3.1+portforward.k8s.io</c>
/// for its slash.
/// </summary>
internal static class WebSocketHandshake
{
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    public static bool IsRequested(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Upgrade.Any(value => string.Equals(value, "websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>The subprotocols that the client offers, in its order.</summary>
    public static IList<string> OfferedSubprotocols(HttpRequest request) => request.Headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol");

    /// <param name="subprotocol">Empty: none is named in the answer.</param>
    /// <exception cref="BadHttpRequestException">The request is not a proper handshake.</exception>
    public static async Task<WebSocket> AcceptAsync(HttpContext context, string subprotocol)
    {
        var headers = context.Request.Headers;
        var key = headers["Sec-WebSocket-Key"].ToString();
        if (headers["Sec-WebSocket-Version"] != "13" || !IsKey(key) || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            throw new BadHttpRequestException("not a WebSocket handshake of version 13");
        }

        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers["Sec-WebSocket-Accept"] = AcceptValue(key);
        if (subprotocol.Length > 0)
        {
            context.Response.Headers["Sec-WebSocket-Protocol"] = subprotocol;
        }

        var stream = await upgrade.UpgradeAsync();
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = KeepAlive });
    }

    [SuppressMessage("Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "The protocol prescribes SHA-1; it protects nothing.")]
    private static string AcceptValue(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));

    private static bool IsKey(string key)
    {
        Span<byte> nonce = stackalloc byte[16];
        return key.Length == 24 && Convert.TryFromBase64String(key, nonce, out var length) && length == 16;
    }
}
