namespace Minke.Store.Sqlite;

/// <summary>Reads through one read-only connection. Each read sees one snapshot of the database and is short.</summary>
internal sealed class LogReader : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _bounds;
    private readonly SqliteStatement _newestOfKey;
    private readonly SqliteStatement _history;
    private readonly SqliteStatement _value;
    private readonly SqliteStatement _after;
    private byte[] _key = new byte[StoreLimits.MaxKeyLength];

    public LogReader(string path)
    {
        _database = SqliteDatabase.Open(path, readOnly: true);
        _begin = _database.Prepare("BEGIN");
        _end = _database.Prepare("COMMIT");
        _bounds = _database.Prepare("SELECT (SELECT max(revision) FROM log), (SELECT value FROM state WHERE name = 'compacted')");
        _newestOfKey = _database.Prepare(
            "SELECT revision, created, deleted, value FROM log WHERE key = ?1 AND revision <= ?2 ORDER BY revision DESC LIMIT 1");
        _history = _database.Prepare(
            "SELECT key, revision, created, deleted FROM log INDEXED BY log_by_key WHERE key >= ?1 AND key < ?2 ORDER BY key, revision");
        _value = _database.Prepare("SELECT value FROM log WHERE revision = ?1");
        _after = _database.Prepare("SELECT revision, key, created, deleted, value FROM log WHERE revision > ?1 AND revision <= ?2 ORDER BY revision");
    }

    /// <summary>The newest revision on disk.</summary>
    public long Newest()
    {
        using var snapshot = new Snapshot(this);
        return snapshot.Newest;
    }

    public StoreEntry? Get(string key, long revision)
    {
        using var snapshot = new Snapshot(this);
        _newestOfKey.Bind(1, key).Bind(2, snapshot.At(revision));
        try
        {
            return _newestOfKey.Step() && _newestOfKey.Number(2) == 0
                ? new StoreEntry(key, _newestOfKey.Bytes(3).ToArray(), _newestOfKey.Number(0), _newestOfKey.Number(1))
                : null;
        }
        finally
        {
            _newestOfKey.Reset();
        }
    }

    public StorePage List(in ListQuery query)
    {
        using var snapshot = new Snapshot(this);
        var revision = snapshot.At(query.Revision);
        var limit = query.Limit == 0 ? int.MaxValue : query.Limit;
        var entries = new List<StoreEntry>();
        long remaining = 0;
        _history.Bind(1, FirstKey(query)).Bind(2, query.Prefix + '\x7F');
        try
        {
            var more = _history.Step();
            while (more)
            {
                more = NextKey(revision, out var found);
                if (found.Revision == 0)
                {
                    continue;
                }

                if (entries.Count < limit)
                {
                    entries.Add(new StoreEntry(found.Key!, Value(found.Revision), found.Revision, found.Created));
                }
                else
                {
                    remaining++;
                }
            }
        }
        finally
        {
            _history.Reset();
        }

        return new StorePage(revision, entries, remaining > 0, remaining);

        // Goes over all rows of the current key; the state that holds is that of the last row not after the revision.
        bool NextKey(long at, out (string? Key, long Revision, long Created) found)
        {
            found = default;
            var current = _history.Bytes(0);
            var length = current.Length;
            current.CopyTo(_key);
            bool same;
            bool row;
            do
            {
                if (_history.Number(1) <= at)
                {
                    found = _history.Number(3) != 0 ? default : (null, _history.Number(1), _history.Number(2));
                }

                row = _history.Step();
                same = row && _history.Bytes(0).SequenceEqual(_key.AsSpan(0, length));
            }
            while (same);

            if (found.Revision != 0 && entries.Count < limit)
            {
                found.Key = System.Text.Encoding.ASCII.GetString(_key, 0, length);
            }

            return row;
        }
    }

    /// <summary>The events under a prefix in <c>(after, upTo]</c>, at most <paramref name="limit"/> of them.</summary>
    public StoreBatch Changes(string prefix, long after, long upTo, int limit)
    {
        using var snapshot = new Snapshot(this);
        snapshot.CheckWatch(after);
        var last = Math.Min(upTo, snapshot.Newest);
        var events = new List<StoreEvent>();
        _after.Bind(1, after).Bind(2, last);
        try
        {
            while (_after.Step())
            {
                var key = _after.Text(1);
                if (!key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    continue;
                }

                var deleted = _after.Number(3) != 0;
                events.Add(new StoreEvent(deleted, new StoreEntry(key, _after.Bytes(4).ToArray(), _after.Number(0), _after.Number(2))));
                if (events.Count == limit)
                {
                    return new StoreBatch(_after.Number(0), events);
                }
            }
        }
        finally
        {
            _after.Reset();
        }

        return new StoreBatch(last, events);
    }

    public void Dispose() => _database.Dispose();

    private static string FirstKey(in ListQuery query)
    {
        // The smallest key after AfterKey is that key with the smallest character behind it.
        var next = query.AfterKey is null ? "" : query.AfterKey + ' ';
        return string.CompareOrdinal(next, query.Prefix) > 0 ? next : query.Prefix;
    }

    private byte[] Value(long revision)
    {
        _value.Bind(1, revision);
        try
        {
            _value.Step();
            return _value.Bytes(0).ToArray();
        }
        finally
        {
            _value.Reset();
        }
    }

    /// <summary>A read transaction, with what its snapshot knows of revisions.</summary>
    private readonly ref struct Snapshot
    {
        private readonly LogReader _reader;
        private readonly long _compacted;

        public Snapshot(LogReader reader)
        {
            _reader = reader;
            _reader._begin.Run();
            try
            {
                reader._bounds.Step();
                Newest = reader._bounds.Number(0);
                _compacted = reader._bounds.Number(1);
            }
            catch
            {
                reader._bounds.Reset();
                Dispose();
                throw;
            }

            reader._bounds.Reset();
        }

        public long Newest { get; }

        /// <summary>The revision to read at.</summary>
        public long At(long asked)
        {
            if (asked == 0)
            {
                return Newest;
            }

            if (asked < _compacted)
            {
                throw new CompactedException(asked, _compacted);
            }

            return asked <= Newest ? asked : throw new FutureRevisionException(asked, Newest);
        }

        public void CheckWatch(long after)
        {
            if (after < _compacted - 1)
            {
                throw new CompactedException(after, _compacted);
            }

            if (after > Newest)
            {
                throw new FutureRevisionException(after, Newest);
            }
        }

        public void Dispose()
        {
            if (_reader._database.InTransaction)
            {
                _reader._end.Run();
            }
        }
    }
}
