using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.ApiServer.Resources;
using Minke.Store;

namespace Minke.ApiServer;

/// <summary>
/// The API server without its HTTP face: storage, caches and rules over a store. Simulations run it on virtual time and a single thread;
/// <see cref="ApiServer"/> puts HTTPS before it.
/// </summary>
public sealed class ServerCore
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ResourceRegistry _registry;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="store">Stays the caller's.</param>
    public ServerCore(IStore store, TimeProvider time, Ids ids, ILoggerFactory loggers)
    {
        _time = time;
        _registry = new ResourceRegistry(store, time, loggers);
        Service = new ResourceService(_registry, time, ids);
    }

    public ResourceService Service { get; }

    /// <summary>Completes when the caches are filled and the system's namespaces are there; fails or is cancelled with <see cref="RunAsync"/>.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether reads are answered from a state that follows the store.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully && _registry.IsReady;

    /// <summary>A client in the same process.</summary>
    /// <param name="fieldManager">Who its changes are attributed to.</param>
    public DirectClient NewClient(string fieldManager) => new(Service, fieldManager);

    /// <summary>Runs until cancelled; then every watch ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var caches = _registry.RunAsync(cancellationToken);
        try
        {
            await StartAsync(cancellationToken);
            await caches;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || caches.IsCompleted)
        {
            // A cache that failed takes the start with it; its own failure is the one to tell.
            await EndOf(caches, cancellationToken);
        }
        finally
        {
            _ready.TrySetCanceled(CancellationToken.None);
        }
    }

    private static async Task EndOf(Task caches, CancellationToken cancellationToken)
    {
        try
        {
            await caches;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _registry.Loaded.WaitAsync(cancellationToken);
        while (!await TryEnsureNamespacesAsync(cancellationToken))
        {
            await Task.Delay(s_retryDelay, _time, cancellationToken);
        }

        _ready.TrySetResult();
    }

    private async Task<bool> TryEnsureNamespacesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SystemNamespaces.EnsureAsync(Service, cancellationToken);
            return true;
        }
        catch (ApiException e) when (e.IsTransient)
        {
            return false;
        }
    }
}
