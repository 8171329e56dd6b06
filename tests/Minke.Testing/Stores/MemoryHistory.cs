using Minke.Store;

namespace Minke.Testing.Stores;

/// <summary>The versioned map inside a <see cref="MemoryStore"/>: plain, synchronous, and guarded by its owner's lock.</summary>
internal sealed class MemoryHistory
{
    private readonly SortedDictionary<string, List<StoreEvent>> _keys = new(StringComparer.Ordinal);
    private readonly List<StoreEvent> _log = []; // revisions _dropped + 1 and on
    private long _dropped;

    public long Revision { get; private set; }

    public long Compacted { get; private set; }

    public WriteResult Apply(in StoreWrite write)
    {
        var current = _keys.TryGetValue(write.Key, out var versions) && !versions[^1].Deleted ? versions[^1].Entry : null;
        var refusal = (write.Kind, current) switch
        {
            (WriteKind.Create, null) => WriteOutcome.Committed,
            (WriteKind.Create, _) => WriteOutcome.Exists,
            (_, null) => WriteOutcome.Missing,
            _ => current.Revision == write.ExpectedRevision ? WriteOutcome.Committed : WriteOutcome.Conflict,
        };
        if (refusal != WriteOutcome.Committed)
        {
            return new WriteResult(refusal, current?.Revision ?? 0);
        }

        var revision = ++Revision;
        var deleted = write.Kind == WriteKind.Delete;
        // A copy, so that a writer who goes on changing its buffer is caught by its test.
        var value = deleted ? default(ReadOnlyMemory<byte>) : write.Value.ToArray();
        var change = new StoreEvent(deleted, new StoreEntry(write.Key, value, revision, current?.CreateRevision ?? revision));
        _log.Add(change);
        if (versions is null)
        {
            _keys[write.Key] = versions = [];
        }

        versions.Add(change);
        return new WriteResult(WriteOutcome.Committed, revision);
    }

    public StoreEntry? Get(string key, long revision)
    {
        var at = At(revision);
        return _keys.TryGetValue(key, out var versions) ? AsOf(versions, at) : null;
    }

    public StorePage List(in ListQuery query)
    {
        var revision = At(query.Revision);
        var limit = query.Limit == 0 ? int.MaxValue : query.Limit;
        var entries = new List<StoreEntry>();
        long remaining = 0;
        foreach (var (key, versions) in _keys)
        {
            if (!key.StartsWith(query.Prefix, StringComparison.Ordinal)
                || (query.AfterKey is { } after && string.CompareOrdinal(key, after) <= 0)
                || AsOf(versions, revision) is not { } entry)
            {
                continue;
            }

            if (entries.Count < limit)
            {
                entries.Add(entry);
            }
            else
            {
                remaining++;
            }
        }

        return new StorePage(revision, entries, remaining > 0, remaining);
    }

    /// <summary>The next changes under a prefix, at most <paramref name="limit"/>.</summary>
    public StoreBatch Changes(string prefix, long after, int limit)
    {
        CheckWatch(after);
        var events = new List<StoreEvent>();
        while (after < Revision && events.Count < limit)
        {
            var change = _log[(int)(after - _dropped)];
            after++;
            if (change.Entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                events.Add(change);
            }
        }

        return new StoreBatch(after, events);
    }

    public void CheckWatch(long after)
    {
        if (after < Compacted - 1)
        {
            throw new CompactedException(after, Compacted);
        }

        if (after > Revision)
        {
            throw new FutureRevisionException(after, Revision);
        }
    }

    public void Compact(long revision)
    {
        if (revision > Revision)
        {
            throw new FutureRevisionException(revision, Revision);
        }

        if (revision <= Compacted)
        {
            return;
        }

        Compacted = revision;
        _log.RemoveRange(0, (int)(revision - 1 - _dropped));
        _dropped = revision - 1;
        foreach (var (key, versions) in _keys.ToList())
        {
            var newest = versions.FindLastIndex(version => version.Entry.Revision <= revision);
            versions.RemoveRange(0, Math.Max(0, newest));
            if (versions is [{ Deleted: true } only] && only.Entry.Revision < revision)
            {
                _keys.Remove(key);
            }
        }
    }

    private static StoreEntry? AsOf(List<StoreEvent> versions, long revision)
    {
        var found = versions.FindLastIndex(version => version.Entry.Revision <= revision);
        return found < 0 || versions[found].Deleted ? null : versions[found].Entry;
    }

    private long At(long asked)
    {
        if (asked == 0)
        {
            return Revision;
        }

        if (asked < Compacted)
        {
            throw new CompactedException(asked, Compacted);
        }

        return asked <= Revision ? asked : throw new FutureRevisionException(asked, Revision);
    }
}
