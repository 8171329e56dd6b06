using System.Net;
using System.Net.Http.Headers;

namespace Minke.Node.Streaming;

/// <summary>Connects to the URL that the runtime gave for an exec, attach or port-forward and switches the connection to another protocol.</summary>
internal sealed class RuntimeUpgrade : IDisposable
{
    public const string SpdyUpgrade = "SPDY/3.1";
    public const string ProtocolVersionHeader = "X-Stream-Protocol-Version";

    private const int MaxErrorBodyBytes = 16 * 1024;

    // A session owns its connection; nothing is shared between them.
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    });

    /// <summary>Asks for SPDY, offering stream protocol versions in the order of preference.</summary>
    /// <exception cref="RuntimeStreamException">The runtime cannot be reached or refuses.</exception>
    public async Task<UpgradedConnection> ConnectSpdyAsync(string url, IEnumerable<string> protocols, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ParseUrl(url)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("SPDY", "3.1"));
        foreach (var protocol in protocols)
        {
            request.Headers.Add(ProtocolVersionHeader, protocol);
        }

        var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            var chosen = response.Headers.TryGetValues(ProtocolVersionHeader, out var values) ? values.FirstOrDefault("") : "";
            return new UpgradedConnection(response, await response.Content.ReadAsStreamAsync(cancellationToken), chosen);
        }

        using (response)
        {
            throw new RuntimeStreamException(response.StatusCode, await ReadErrorAsync(response, cancellationToken));
        }
    }

    public void Dispose() => _client.Dispose();

    private static Uri ParseUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttp
        ? parsed
        : throw new RuntimeStreamException(HttpStatusCode.InternalServerError, $"the container runtime's streaming URL is not an http URL: {url}");

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new RuntimeStreamException(
                HttpStatusCode.InternalServerError, $"cannot reach the container runtime's streaming server: {failure.Message}", failure);
        }
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxErrorBodyBytes];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var text = System.Text.Encoding.UTF8.GetString(buffer, 0, count).Trim();
        return text.Length > 0 ? text : $"the container runtime's streaming server answered {(int)response.StatusCode}";
    }
}

/// <summary>A connection after the switch: bytes in both directions.</summary>
internal sealed class UpgradedConnection(HttpResponseMessage response, Stream stream, string protocol) : IAsyncDisposable
{
    public Stream Stream => stream;

    /// <summary>The stream protocol version that the server chose; empty when it named none.</summary>
    public string Protocol => protocol;

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        response.Dispose();
    }
}
