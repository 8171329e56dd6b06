using System.Net;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.ApiServer;
using Minke.ApiServer.Security;
using Minke.Client;
using Minke.Controllers;
using Minke.Scheduler;
using Minke.Store;
using Minke.Store.Sqlite;

namespace Minke.Startup;

/// <summary>The store, the API server over it, and the clients of it that decide: controllers and scheduler.</summary>
internal sealed partial class ControlPlane(UpOptions options, TimeProvider time, Ids ids, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<ControlPlane>();
    private SqliteStore? _store;
    private ApiServer.ApiServer? _server;

    /// <summary>All certificates of the cluster.</summary>
    public ClusterPki Pki { get; private set; } = null!; // set by StartAsync

    /// <summary>A client in this process.</summary>
    /// <param name="fieldManager">Who its changes are attributed to.</param>
    public IObjectClient NewClient(string fieldManager) => Started(_server).Core.NewClient(fieldManager);

    /// <exception cref="StartException">The store's data cannot be used.</exception>
    public async Task StartAsync(StartProgress progress, RunningParts parts, CancellationToken cancellationToken)
    {
        await progress.StepAsync("store", OpenStoreAsync);
        await progress.StepAsync("API server", () => StartApiServerAsync(parts, cancellationToken));
        StartClients(parts);
    }

    public async ValueTask DisposeAsync()
    {
        Pki?.Dispose();
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    private Task OpenStoreAsync()
    {
        try
        {
            _store = SqliteStore.Open(new SqliteStoreOptions { Directory = Path.Combine(options.Instance.DataDirectory, "store") });
            return Task.CompletedTask;
        }
        catch (StoreFormatException exception)
        {
            throw new StartException($"the data in {options.Instance.DataDirectory} cannot be used: {exception.Message}", exception);
        }
    }

    private async Task StartApiServerAsync(RunningParts parts, CancellationToken cancellationToken)
    {
        var store = Started(_store);
        Pki = ClusterPki.Open(Path.Combine(options.Instance.DataDirectory, "pki"), [NodeAddresses.FindPrimary(), options.ClientAddress], time);
        _server = new ApiServer.ApiServer(new ApiServerOptions
        {
            Endpoint = new IPEndPoint(options.BindAddress, options.ApiPort),
            Pki = Pki,
            Store = store,
            Time = time,
            Ids = ids,
            Loggers = loggers,
        });
        var compactor = new StoreCompactor(store, new CompactionOptions(), time);
        parts.Start("store compactor", token => compactor.RunAsync(failure => LogCompactionFailed(_logger, failure), token));
        parts.Start("API server", _server.RunAsync);
        await _server.Ready.WaitAsync(cancellationToken);
        Pki.WriteAdminKubeconfig(options.Instance.KubeconfigFile, new UriBuilder("https", options.ClientAddress.ToString(), options.ApiPort).Uri);
    }

    private void StartClients(RunningParts parts)
    {
        var controllers = new ControllerSet(NewClient("minke-controllers"), time, ids, loggers, Pki.Authority.CertificatePem);
        parts.Start("controllers", controllers.RunAsync);
        parts.Start("scheduler", new PodScheduler(NewClient("minke-scheduler"), time, ids, loggers).RunAsync);
    }

    private static T Started<T>(T? part) where T : class => part ?? throw new InvalidOperationException("the control plane has not started");

    [LoggerMessage(1, LogLevel.Warning, "old revisions could not be compacted; will try again")]
    private static partial void LogCompactionFailed(ILogger logger, Exception cause);
}
