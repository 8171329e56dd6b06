using System.Net;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.ApiServer.Discovery;
using Minke.ApiServer.Http;
using Minke.ApiServer.Metrics;
using Minke.ApiServer.NodeProxy;
using Minke.ApiServer.Security;

namespace Minke.ApiServer;

/// <summary>The Kubernetes API over HTTPS, on a store.</summary>
public sealed partial class ApiServer
{
    private readonly ApiServerOptions _options;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IPEndPoint? _endpoint;

    public ApiServer(ApiServerOptions options)
    {
        _options = options;
        _logger = options.Loggers.CreateLogger<ApiServer>();
        Core = new ServerCore(options.Store, options.Time, options.Ids, options.Loggers);
    }

    /// <summary>The server without HTTP; in-process clients come from here.</summary>
    public ServerCore Core { get; }

    /// <summary>Completes when requests are answered; fails or is cancelled with <see cref="RunAsync"/>.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Where the server listens; known from <see cref="Ready"/> on.</summary>
    /// <exception cref="InvalidOperationException">The server does not listen yet.</exception>
    public IPEndPoint Endpoint => _endpoint ?? throw new InvalidOperationException("the server does not listen yet");

    /// <summary>Runs until cancelled; then watches end, running requests get a few seconds, and the in-process clients are last.</summary>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var coreStop = new CancellationTokenSource();
        using var metrics = new ServerMetrics(_options.Time);
        using var exporter = new PrometheusExporter();
        using var streams = new PodStreams(
            Core.NewClient("minke-apiserver"), _options.Pki.Authority, _options.Pki.ApiServerNodeClient, _options.Time);
        try
        {
            var pipeline = BuildPipeline(metrics, exporter, streams, cancellationToken);
            await using var listener = await TlsListener.StartAsync(
                _options.Endpoint, _options.Pki.ApiServer, _options.Pki.Authority, pipeline.InvokeAsync, _options.Loggers, cancellationToken);
            _endpoint = listener.Endpoint;
            var core = Core.RunAsync(coreStop.Token);
            await AnnounceAsync(core, cancellationToken);
            await EndAsync(core, cancellationToken);
            await listener.StopAsync(CancellationToken.None);
            coreStop.Cancel();
            await core;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _ready.TrySetException(e);
            _ = _ready.Task.Exception; // whoever runs the server is told; nobody has to wait for Ready as well
            throw;
        }
        finally
        {
            coreStop.Cancel();
            _ready.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task AnnounceAsync(Task core, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(Core.Ready.WaitAsync(cancellationToken), core) != core && Core.Ready.IsCompletedSuccessfully)
        {
            Listening(_logger, Endpoint);
            _ready.TrySetResult();
        }
    }

    /// <summary>Returns when the server is to stop; fails when the core does.</summary>
    private static async Task EndAsync(Task core, CancellationToken cancellationToken)
    {
        try
        {
            await core.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    private RequestPipeline BuildPipeline(ServerMetrics metrics, PrometheusExporter exporter, PodStreams streams, CancellationToken stopping)
    {
        var service = Core.Service;
        var response = new ObjectResponse(_options.Time);
        var authorizer = new Authorizer();
        var dispatcher = new ResourceDispatcher(
            new ReadHandler(response),
            new WatchHandler(_options.Time, _options.Ids),
            new WriteHandler(service, response),
            new SubresourceHandler(service, response),
            new ReviewHandler(authorizer, response),
            new Dictionary<string, SubresourceDelegate>
            {
                ["pods/log"] = r => streams.LogAsync(r.Http, r.Namespace, r.Name),
                ["pods/exec"] = r => streams.ExecAsync(r.Http, r.Namespace, r.Name),
                ["pods/attach"] = r => streams.AttachAsync(r.Http, r.Namespace, r.Name),
                ["pods/portforward"] = r => streams.PortForwardAsync(r.Http, r.Namespace, r.Name),
            });
        var served = ServedResources.Of(Kinds.All, dispatcher.Serves);
        var fixedPaths = new FixedPaths(
            new DiscoveryHandler(served), new OpenApiHandler(), new HealthHandler(Core, _options.Store, _options.Time, stopping), exporter);
        return new RequestPipeline(
            new Authenticator(_options.Pki.Authority),
            authorizer,
            service,
            dispatcher,
            fixedPaths,
            new InflightLimit(_options.MaxReadsInflight, _options.MaxWritesInflight),
            metrics,
            _options.Time,
            _options.Loggers.CreateLogger<RequestPipeline>(),
            stopping);
    }

    [LoggerMessage(1, LogLevel.Information, "serving the API on https://{Endpoint}")]
    private static partial void Listening(ILogger logger, IPEndPoint endpoint);
}
