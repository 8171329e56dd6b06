using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Namespaces;

/// <summary>Empties namespaces that are being deleted: deletes everything in them, waits until it is gone, and then lets the namespace go.</summary>
public sealed partial class NamespaceReconciler : IController
{
    private const int PageSize = 500;
    private const string Finalizer = "kubernetes";

    // Objects that go tell so; this is for the ones whose deletion was not seen.
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(5);

    private readonly ControllerContext _context;
    private readonly Lister<Namespace> _namespaces;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly IReadOnlyList<KindAccess> _kinds = [.. KindAccess.All.Where(static access => access.Info.Namespaced)];
    private readonly ILogger _logger;

    public NamespaceReconciler(ControllerContext context)
    {
        _context = context;
        _namespaces = context.Informers.Lister<Namespace>();
        _queue = context.NewQueue();
        _logger = context.Loggers.CreateLogger<NamespaceReconciler>();
        context.Informers.Of<Namespace>().AddHandler(change => _queue.Add(change.Key));
        foreach (var access in _kinds)
        {
            access.AddHandler(context.Informers, OnContent);
        }
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<ObjectKey>("namespace", _queue, ReconcileAsync, () => _namespaces.Keys, _logger).RunAsync(4, cancellationToken);

    private void OnContent(KindAccess access, ChangeType type, ApiObject item)
    {
        if (type == ChangeType.Deleted)
        {
            var key = new ObjectKey("", item.Metadata.Namespace);
            if (_namespaces.Get(key)?.Metadata.DeletionTimestamp is not null)
            {
                _queue.Add(key);
            }
        }
    }

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_namespaces.Get(key) is not { Metadata.DeletionTimestamp: not null } item || !item.Spec.Finalizers.Contains(Finalizer))
        {
            return Reconciled.Done;
        }

        var remaining = 0;
        foreach (var access in _kinds)
        {
            remaining += await EmptyAsync(access, key.Name, cancellationToken);
        }

        if (remaining > 0)
        {
            LogWaits(_logger, key.Name, remaining);
            return Reconciled.After(s_lookAgain);
        }

        await LetGoAsync(key, item.Metadata.Uid, cancellationToken);
        return Reconciled.Done;
    }

    /// <summary>Asks for the deletion of everything of a kind and counts what is still there.</summary>
    private async Task<int> EmptyAsync(KindAccess access, string @namespace, CancellationToken cancellationToken)
    {
        var remaining = 0;
        var request = new ListRequest { Namespace = @namespace, Limit = PageSize };
        do
        {
            var (items, next) = await access.ListAsync(_context.Client, request, cancellationToken);
            foreach (var item in items)
            {
                if (!await DeleteAsync(access, item, cancellationToken))
                {
                    remaining++;
                }
            }

            request = request with { Continue = next };
        }
        while (request.Continue.Length > 0);

        return remaining;
    }

    /// <summary>True when the object is known to be gone.</summary>
    private async Task<bool> DeleteAsync(KindAccess access, ApiObject item, CancellationToken cancellationToken)
    {
        if (item.Metadata.DeletionTimestamp is not null)
        {
            return false;
        }

        try
        {
            await access.DeleteAsync(_context.Client, ObjectKey.Of(item), new DeleteRequest { PropagationPolicy = "Background" }, cancellationToken);
            return false;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return true;
        }
    }

    private async Task LetGoAsync(ObjectKey key, string uid, CancellationToken cancellationToken)
    {
        try
        {
            var fresh = await _context.Client.GetAsync<Namespace>(key, cancellationToken);
            if (fresh.Metadata.Uid == uid)
            {
                var released = fresh.Clone();
                released.Spec.Finalizers.Remove(Finalizer);
                await _context.Client.FinalizeAsync(released, cancellationToken);
                LogGone(_logger, key.Name);
            }
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            LogGone(_logger, key.Name);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Namespace {Namespace}: {Count} objects remain")]
    private static partial void LogWaits(ILogger logger, string @namespace, int count);

    [LoggerMessage(2, LogLevel.Information, "Namespace {Namespace}: empty, and gone")]
    private static partial void LogGone(ILogger logger, string @namespace);
}
