using Minke.Api;
using Minke.Client;

namespace Minke.Controllers.Garbage;

/// <summary>An object as the collector sees it: its kind and its metadata.</summary>
internal sealed record GraphNode(KindAccess Access, ApiObject Item)
{
    public string Uid => Item.Metadata.Uid;

    public ObjectKey Key => ObjectKey.Of(Item);

    public bool IsDying => Item.Metadata.DeletionTimestamp is not null;

    /// <summary>It goes only after its dependents.</summary>
    public bool WaitsForDependents => IsDying && Item.Metadata.Finalizers.Contains(Finalizers.Foreground);

    /// <summary>It goes after its dependents were let go.</summary>
    public bool OrphansDependents => IsDying && Item.Metadata.Finalizers.Contains(Finalizers.Orphan);
}

/// <summary>The finalizers that stand for a propagation policy.</summary>
internal static class Finalizers
{
    public const string Orphan = "orphan";
    public const string Foreground = "foregroundDeletion";
}

/// <summary>Who owns whom, over all kinds, as the watches tell it. Thread-safe.</summary>
internal sealed class OwnerGraph
{
    private readonly Lock _lock = new(); // guards the fields below
    private readonly Dictionary<string, GraphNode> _byUid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _dependents = new(StringComparer.Ordinal); // uids by the owner's uid

    public GraphNode? Find(string uid)
    {
        lock (_lock)
        {
            return _byUid.GetValueOrDefault(uid);
        }
    }

    public IReadOnlyList<string> Uids
    {
        get
        {
            lock (_lock)
            {
                return [.. _byUid.Keys];
            }
        }
    }

    /// <summary>The known objects that name this owner.</summary>
    public IReadOnlyList<GraphNode> DependentsOf(string ownerUid)
    {
        lock (_lock)
        {
            return _dependents.TryGetValue(ownerUid, out var uids) ? [.. uids.Select(uid => _byUid[uid])] : [];
        }
    }

    /// <summary>Gives back what was known before.</summary>
    public GraphNode? Set(GraphNode node)
    {
        lock (_lock)
        {
            var before = _byUid.GetValueOrDefault(node.Uid);
            Unlink(before);
            _byUid[node.Uid] = node;
            foreach (var owner in node.Item.Metadata.OwnerReferences)
            {
                if (!_dependents.TryGetValue(owner.Uid, out var uids))
                {
                    _dependents[owner.Uid] = uids = new SortedSet<string>(StringComparer.Ordinal);
                }

                uids.Add(node.Uid);
            }

            return before;
        }
    }

    public void Remove(string uid)
    {
        lock (_lock)
        {
            _byUid.Remove(uid, out var before);
            Unlink(before);
        }
    }

    private void Unlink(GraphNode? node)
    {
        foreach (var owner in node?.Item.Metadata.OwnerReferences ?? [])
        {
            if (_dependents.TryGetValue(owner.Uid, out var uids) && uids.Remove(node!.Uid) && uids.Count == 0)
            {
                _dependents.Remove(owner.Uid);
            }
        }
    }
}
