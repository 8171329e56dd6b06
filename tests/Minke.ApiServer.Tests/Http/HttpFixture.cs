using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.ApiServer.Security;
using Minke.ApiServer.Tests.Security;
using Minke.Testing.Stores;

namespace Minke.ApiServer.Tests.Http;

/// <summary>An API server on a port of its own over a store in memory, and clients of it.</summary>
public sealed class HttpFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStore _store = new();
    private readonly List<HttpClient> _clients = [];
    private Task _running = Task.CompletedTask;
    private HttpClient? _admin;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ClusterPki Pki { get; private set; } = null!;

    public ApiServer Server { get; private set; } = null!;

    public int MaxWritesInflight { get; init; } = 200;

    /// <summary>The administrator's client.</summary>
    public HttpClient Admin => _admin ??= NewClient(Pki.Admin);

    public async ValueTask InitializeAsync()
    {
        Pki = ClusterPki.Open(_directory["pki"], [], TimeProvider.System);
        Server = new ApiServer(OptionsFor(new IPEndPoint(IPAddress.Loopback, 0)));
        _running = Server.RunAsync(_stop.Token);
        await Server.Ready.WaitAsync(Cancel);
    }

    public ApiServerOptions OptionsFor(IPEndPoint endpoint) => new()
    {
        Endpoint = endpoint,
        Pki = Pki,
        Store = _store,
        Time = TimeProvider.System,
        Ids = Ids.FromSystem(),
        Loggers = NullLoggerFactory.Instance,
        MaxWritesInflight = MaxWritesInflight,
    };

    /// <summary>A client that shows a certificate, or none.</summary>
    public HttpClient NewClient(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateChainErrors
            && Pki.Authority.Verifies((X509Certificate2)shown!, CertificatePurpose.Server);
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        var client = new HttpClient(handler)
        {
            BaseAddress = new Uri($"https://127.0.0.1:{Server.Endpoint.Port}"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        _clients.Add(client);
        return client;
    }

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json", string accept = "application/json") =>
        SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), contentType, accept);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body, string contentType, string accept)
    {
        using var request = new HttpRequestMessage(method, path) { Version = HttpVersion.Version20 };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    /// <summary>Sends a request and reads the answer as JSON.</summary>
    public async Task<(int Code, JsonNode Body)> JsonAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json", string accept = "application/json")
    {
        using var response = await SendAsync(method, path, body, contentType, accept);
        return ((int)response.StatusCode, await ReadAsync(response));
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;

    /// <summary>Makes a namespace, so that tests do not see each other's objects.</summary>
    public async Task<string> NewNamespaceAsync()
    {
        var (code, body) = await JsonAsync(HttpMethod.Post, "/api/v1/namespaces", """{"metadata":{"generateName":"test-"}}""");
        Assert.Equal(201, code);
        return (string)body["metadata"]!["name"]!;
    }

    /// <summary>Stops the server and waits for its end.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _clients.ForEach(client => client.Dispose());
        Pki.Dispose();
        await _store.DisposeAsync();
        _directory.Dispose();
        _stop.Dispose();
    }
}
