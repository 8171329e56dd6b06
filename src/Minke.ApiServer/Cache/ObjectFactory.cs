using Minke.Api;
using Minke.Store;

namespace Minke.ApiServer.Cache;

/// <summary>Makes cached objects and changes of one kind from what the store gives.</summary>
internal sealed class ObjectFactory(KindInfo kind)
{
    private readonly RevisionSplice _splice = new(kind);

    /// <summary>What every key of the kind begins with.</summary>
    public string Prefix { get; } = $"/{kind.Resource}/";

    /// <summary>What the keys of a namespace begin with; all keys when it is empty.</summary>
    public string PrefixOf(string ns) => ns.Length == 0 || !kind.Namespaced ? Prefix : $"{Prefix}{ns}/";

    public string KeyOf(string ns, string name) => kind.Namespaced ? $"{Prefix}{ns}/{name}" : Prefix + name;

    public CachedObject Make(StoreEntry entry)
    {
        var path = entry.Key.AsSpan(Prefix.Length);
        var slash = kind.Namespaced ? path.IndexOf('/') : -1;
        var ns = slash < 0 ? "" : path[..slash].ToString();
        return new CachedObject(kind, entry.Key, ns, path[(slash + 1)..].ToString(), entry.Revision, _splice.Insert(entry.Value.Span, entry.Revision));
    }

    /// <summary>Applies an event to a state and tells what it means there.</summary>
    public CacheChange? Apply(CacheSnapshotBuilder state, in StoreEvent change)
    {
        var revision = change.Entry.Revision;
        CachedObject? after = null;
        CachedObject? before;
        if (change.Deleted)
        {
            before = state.Remove(change.Entry.Key);
        }
        else
        {
            after = Make(change.Entry);
            before = state.Set(after);
        }

        return before is null && after is null ? null : new CacheChange(revision, before, after, before is null ? null : new Lazy<CachedObject>(() => Restamp(before, revision)));
    }

    public CachedObject Bookmark(long revision, bool endsInitialEvents) =>
        new(kind, "", "", "", revision, _splice.Bookmark(revision, endsInitialEvents));

    private CachedObject Restamp(CachedObject item, long revision) =>
        new(kind, item.Key, item.Namespace, item.Name, revision, _splice.Replace(item.Json.Span, revision));
}
