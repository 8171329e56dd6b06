using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.ApiServer;
using Minke.ApiServer.Security;
using Minke.Client.Http;
using Minke.Testing.Stores;
using Xunit;

namespace Minke.Client.Tests.Transports;

/// <summary>One API server, reached over both transports.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minke-client-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStore _store = new();
    private ApiServer.ApiServer? _server;
    private Task _running = Task.CompletedTask;

    /// <summary>How an administrator reaches the server, read from a kubeconfig.</summary>
    public ApiEndpoint Endpoint { get; private set; } = null!;

    public IObjectClient Direct { get; private set; } = null!;

    public HttpObjectClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var pki = ClusterPki.Open(Path.Combine(_directory, "pki"), [], TimeProvider.System);
        _server = new ApiServer.ApiServer(new ApiServerOptions
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Pki = ClusterPki.Open(Path.Combine(_directory, "pki"), [], TimeProvider.System),
            Store = _store,
            Time = TimeProvider.System,
            Ids = Ids.FromSystem(),
            Loggers = NullLoggerFactory.Instance,
        });
        _running = _server.RunAsync(_stop.Token);
        await _server.Ready.WaitAsync(TestContext.Current.CancellationToken);
        var kubeconfig = Path.Combine(_directory, "kubeconfig");
        pki.WriteAdminKubeconfig(kubeconfig, new Uri($"https://127.0.0.1:{_server.Endpoint.Port}"));
        Endpoint = KubeconfigReader.Read(kubeconfig);
        Http = new HttpObjectClient(Endpoint, TimeProvider.System);
        Direct = _server.Core.NewClient("test");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
