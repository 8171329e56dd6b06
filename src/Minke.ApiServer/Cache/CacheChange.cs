using Minke.Client;

namespace Minke.ApiServer.Cache;

/// <summary>One event for a watcher. A bookmark's object has nothing but a resourceVersion; a deleted one is the last state with the deletion's.</summary>
public readonly record struct CacheEvent(WatchEventType Type, CachedObject Object);

/// <summary>One write to a kind, as its watchers need it: each sees it through its own filter. Shared by all of them.</summary>
/// <param name="Revision">The revision of the write.</param>
/// <param name="Before">The object before it; null for a create.</param>
/// <param name="After">The object after it; null for a delete.</param>
/// <param name="Gone">The object before it, with the revision of the write; made when first needed.</param>
internal sealed record CacheChange(long Revision, CachedObject? Before, CachedObject? After, Lazy<CachedObject>? Gone)
{
    /// <summary>Bytes of JSON that the change keeps in memory.</summary>
    public int Bytes => (Before?.Json.Length ?? 0) + (After?.Json.Length ?? 0);

    /// <summary>Whether a watcher of one namespace, or of one name, may see it at all.</summary>
    public bool IsIn(CacheScope scope) => scope.Contains((After ?? Before)!);

    /// <summary>
    /// What a watcher with a filter sees: an object that begins to match is added, one that ceases to match is deleted.
    /// </summary>
    public CacheEvent? Through(CacheFilter filter)
    {
        var before = Before is not null && filter.Matches(Before);
        var after = After is not null && filter.Matches(After);
        return (before, after) switch
        {
            (true, true) => new CacheEvent(WatchEventType.Modified, After!),
            (false, true) => new CacheEvent(WatchEventType.Added, After!),
            (true, false) => new CacheEvent(WatchEventType.Deleted, Gone!.Value),
            _ => null,
        };
    }
}

/// <summary>A part of a kind by name, which is cheap to judge.</summary>
/// <param name="Namespace">Empty: all.</param>
/// <param name="Name">Empty: all.</param>
internal readonly record struct CacheScope(string Namespace, string Name)
{
    public bool Contains(CachedObject item) =>
        (Namespace.Length == 0 || item.Namespace == Namespace) && (Name.Length == 0 || item.Name == Name);
}

/// <summary>Which objects a reader wants.</summary>
internal readonly record struct CacheFilter(CacheScope Scope, Func<CachedObject, bool>? Predicate)
{
    public bool Matches(CachedObject item) => Scope.Contains(item) && (Predicate is null || Predicate(item));
}
