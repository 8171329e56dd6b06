using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Meta;
using Minke.Client;

namespace Minke.Controllers.Garbage;

/// <summary>
/// Deletes what its owners left behind. An object all of whose owners are gone is deleted (background); an owner deleted in the foreground goes after the
/// dependents that block it; an owner deleted with the policy Orphan has its dependents' references removed first. Whether an owner is gone is asked of
/// the API before anything is deleted, never concluded from a cache.
/// </summary>
/// <remarks>Semantics as documented by Kubernetes in "Garbage Collection" and in the OwnerReference API type.</remarks>
public sealed partial class GarbageCollector : IController
{
    private const int Workers = 10;

    private readonly ControllerContext _context;
    private readonly OwnerGraph _graph = new();
    private readonly WorkQueue<string> _queue;
    private readonly ILogger _logger;

    public GarbageCollector(ControllerContext context)
    {
        _context = context;
        _queue = new WorkQueue<string>(new WorkQueueOptions(), context.Time);
        _logger = context.Loggers.CreateLogger<GarbageCollector>();
        foreach (var access in KindAccess.All.Where(IsCollected))
        {
            access.AddHandler(context.Informers, OnChange);
        }
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<string>("garbage collector", _queue, ReconcileAsync, () => _graph.Uids, _logger).RunAsync(Workers, cancellationToken);

    // Events name no owners, are many, and expire by themselves.
    private static bool IsCollected(KindAccess access) => access.Info.Plural != "events";

    private void OnChange(KindAccess access, ChangeType type, ApiObject item)
    {
        if (type == ChangeType.Deleted)
        {
            _graph.Remove(item.Metadata.Uid);
            AddAll(_graph.DependentsOf(item.Metadata.Uid));
            AddOwners(item);
            return;
        }

        var node = new GraphNode(access, item);
        var before = _graph.Set(node);
        if (item.Metadata.OwnerReferences.Count > 0 || node.IsDying)
        {
            _queue.Add(node.Uid);
        }

        if (node.WaitsForDependents && before?.WaitsForDependents != true)
        {
            AddAll(_graph.DependentsOf(node.Uid));
        }

        if (before is not null && before.Item.Metadata.OwnerReferences.Count != item.Metadata.OwnerReferences.Count)
        {
            AddOwners(before.Item);
        }
    }

    private void AddAll(IEnumerable<GraphNode> nodes)
    {
        foreach (var node in nodes)
        {
            _queue.Add(node.Uid);
        }
    }

    private void AddOwners(ApiObject item)
    {
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            if (_graph.Find(owner.Uid) is { IsDying: true })
            {
                _queue.Add(owner.Uid);
            }
        }
    }

    private async Task<Reconciled> ReconcileAsync(string uid, CancellationToken cancellationToken)
    {
        if (_graph.Find(uid) is not { } node)
        {
            return Reconciled.Done;
        }

        if (node.OrphansDependents)
        {
            await OrphanAsync(node, cancellationToken);
        }
        else if (node.WaitsForDependents)
        {
            await FinishForegroundAsync(node, cancellationToken);
        }
        else if (!node.IsDying && node.Item.Metadata.OwnerReferences.Count > 0)
        {
            await CollectAsync(node, cancellationToken);
        }

        return Reconciled.Done;
    }

    private async Task OrphanAsync(GraphNode owner, CancellationToken cancellationToken)
    {
        foreach (var dependent in _graph.DependentsOf(owner.Uid))
        {
            await RemoveReferencesAsync(dependent, new HashSet<string>(StringComparer.Ordinal) { owner.Uid }, cancellationToken);
        }

        await RemoveFinalizerAsync(owner, Finalizers.Orphan, cancellationToken);
    }

    private async Task FinishForegroundAsync(GraphNode owner, CancellationToken cancellationToken)
    {
        var blocking = _graph.DependentsOf(owner.Uid)
            .Where(dependent => dependent.Item.Metadata.OwnerReferences.Any(reference => reference.Uid == owner.Uid && reference.BlockOwnerDeletion == true))
            .ToList();
        if (blocking.Count == 0)
        {
            await RemoveFinalizerAsync(owner, Finalizers.Foreground, cancellationToken);
        }
        else
        {
            AddAll(blocking.Where(static dependent => !dependent.IsDying));
        }
    }

    private async Task CollectAsync(GraphNode node, CancellationToken cancellationToken)
    {
        // The cached object may be one of the past: its owners and its uid are judged as the API has them now.
        if (await FindAsync(node.Access, node.Key, cancellationToken) is not { } live || live.Metadata.Uid != node.Uid)
        {
            return;
        }

        if (live.Metadata.DeletionTimestamp is not null || live.Metadata.OwnerReferences.Count == 0)
        {
            return;
        }

        var verdict = await JudgeAsync(live, cancellationToken);
        if (verdict.Solid.Count > 0)
        {
            var loose = verdict.Absent.Concat(verdict.Waiting).Select(static owner => owner.Uid).ToHashSet(StringComparer.Ordinal);
            if (loose.Count > 0)
            {
                await RemoveReferencesAsync(node with { Item = live }, loose, cancellationToken);
            }

            return;
        }

        var policy = PolicyFor(live, verdict);
        LogDelete(_logger, live.Kind, node.Key, policy);
        await DeleteAsync(node, live, policy, cancellationToken);
    }

    private async Task<OwnerVerdict> JudgeAsync(ApiObject item, CancellationToken cancellationToken)
    {
        List<OwnerReference> solid = [];
        List<OwnerReference> absent = [];
        List<OwnerReference> waiting = [];
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            if (KindAccess.Find(owner.ApiVersion, owner.Kind) is not { } access)
            {
                // An owner of a kind that is not known cannot be shown to be gone.
                LogUnknownKind(_logger, item.Kind, ObjectKey.Of(item), owner.ApiVersion, owner.Kind);
                solid.Add(owner);
                continue;
            }

            var key = new ObjectKey(access.Info.Namespaced ? item.Metadata.Namespace : "", owner.Name);
            var found = await FindAsync(access, key, cancellationToken);
            if (found is null || found.Metadata.Uid != owner.Uid)
            {
                absent.Add(owner);
            }
            else if (new GraphNode(access, found).WaitsForDependents && owner.BlockOwnerDeletion == true)
            {
                waiting.Add(owner);
            }
            else
            {
                solid.Add(owner);
            }
        }

        return new OwnerVerdict(solid, absent, waiting);
    }

    /// <summary>A policy that the object itself carries wins; one whose owner waits for it, and which has dependents of its own, goes after those.</summary>
    private string PolicyFor(ApiObject item, OwnerVerdict verdict)
    {
        if (item.Metadata.Finalizers.Contains(Finalizers.Orphan))
        {
            return "Orphan";
        }

        var foreground = item.Metadata.Finalizers.Contains(Finalizers.Foreground)
            || (verdict.Waiting.Count > 0 && _graph.DependentsOf(item.Metadata.Uid).Count > 0);
        return foreground ? "Foreground" : "Background";
    }

    private async Task DeleteAsync(GraphNode node, ApiObject live, string policy, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DeleteRequest { Uid = live.Metadata.Uid, ResourceVersion = live.Metadata.ResourceVersion, PropagationPolicy = policy };
            await node.Access.DeleteAsync(_context.Client, node.Key, request, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            LogGone(_logger, live.Kind, node.Key);
        }
    }

    private async Task RemoveReferencesAsync(GraphNode dependent, IReadOnlySet<string> ownerUids, CancellationToken cancellationToken)
    {
        var changed = dependent.Item.Clone();
        var references = changed.Metadata.OwnerReferences;
        for (var i = references.Count - 1; i >= 0; i--)
        {
            if (ownerUids.Contains(references[i].Uid))
            {
                references.RemoveAt(i);
            }
        }

        await UpdateAsync(dependent, changed, cancellationToken);
    }

    private Task RemoveFinalizerAsync(GraphNode node, string finalizer, CancellationToken cancellationToken)
    {
        var changed = node.Item.Clone();
        changed.Metadata.Finalizers.Remove(finalizer);
        return UpdateAsync(node, changed, cancellationToken);
    }

    /// <summary>Writes at the version that was read; a newer one is a conflict, which the queue retries on the newer state.</summary>
    private async Task UpdateAsync(GraphNode node, ApiObject changed, CancellationToken cancellationToken)
    {
        try
        {
            await node.Access.UpdateAsync(_context.Client, changed, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            LogGone(_logger, node.Item.Kind, node.Key);
        }
    }

    private async Task<ApiObject?> FindAsync(KindAccess access, ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await access.GetAsync(_context.Client, key, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Garbage collector: deletes {Kind} {Key}, policy {Policy}")]
    private static partial void LogDelete(ILogger logger, string kind, ObjectKey key, string policy);

    [LoggerMessage(2, LogLevel.Debug, "Garbage collector: {Kind} {Key} was gone already")]
    private static partial void LogGone(ILogger logger, string kind, ObjectKey key);

    [LoggerMessage(3, LogLevel.Debug, "Garbage collector: {Kind} {Key} has an owner of the unknown kind {OwnerVersion} {OwnerKind}")]
    private static partial void LogUnknownKind(ILogger logger, string kind, ObjectKey key, string ownerVersion, string ownerKind);
}
