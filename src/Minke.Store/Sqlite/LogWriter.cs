using SQLitePCL;

namespace Minke.Store.Sqlite;

/// <summary>The writing connection and its statements. Owned by the committer's thread.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _setState;
    private readonly SqliteStatement _sweepSuperseded;
    private readonly SqliteStatement _sweepDeletions;

    /// <exception cref="SqliteFailure">The file cannot be opened or written.</exception>
    /// <exception cref="StoreFormatException">The file is not of a format that this program knows.</exception>
    public LogWriter(string path, long maxPages)
    {
        _database = SqliteDatabase.Open(path, readOnly: false);
        try
        {
            StoreFormat.Check(_database, path);
            Configure(maxPages);
            StoreFormat.Migrate(_database);
            _begin = _database.Prepare("BEGIN IMMEDIATE");
            _commit = _database.Prepare("COMMIT");
            _rollback = _database.Prepare("ROLLBACK");
            _insert = _database.Prepare("INSERT INTO log (revision, key, created, previous, deleted, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
            _setState = _database.Prepare("UPDATE state SET value = ?2 WHERE name = ?1");
            _sweepSuperseded = _database.Prepare(
                "DELETE FROM log WHERE revision IN (SELECT previous FROM log WHERE revision > ?1 AND revision <= ?2 AND previous <> 0)");
            _sweepDeletions = _database.Prepare("DELETE FROM log WHERE revision > ?1 AND revision <= ?2 AND revision < ?3 AND deleted <> 0");
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>The newest revision on disk.</summary>
    public long Newest => _database.QueryNumber("SELECT max(revision) FROM log") ?? 0;

    public long State(string name) => _database.QueryNumber($"SELECT value FROM state WHERE name = '{name}'") ?? 0;

    public void LoadInto(KeyIndex index) => index.Load(_database);

    public void Begin() => _begin.Run();

    public void Commit() => _commit.Run();

    /// <summary>Ends a transaction that failed; SQLite has already done so after some failures.</summary>
    public void Rollback()
    {
        if (_database.InTransaction)
        {
            _rollback.Run();
        }
    }

    public void Insert(in StoreWrite write, long revision, KeyState before) =>
        _insert
            .Bind(1, revision)
            .Bind(2, write.Key)
            .Bind(3, write.Kind == WriteKind.Create ? revision : before.CreateRevision)
            .Bind(4, before.Revision)
            .Bind(5, write.Kind == WriteKind.Delete ? 1 : 0)
            .BindBlob(6, write.Value.Span)
            .Run();

    public void SetState(string name, long value) => _setState.Bind(1, name).Bind(2, value).Run();

    /// <summary>
    /// Removes what the writes in <c>(after, upTo]</c> superseded, and those of them that are deletions before <paramref name="compacted"/>.
    /// </summary>
    public void Sweep(long after, long upTo, long compacted)
    {
        _sweepSuperseded.Bind(1, after).Bind(2, upTo).Run();
        _sweepDeletions.Bind(1, after).Bind(2, upTo).Bind(3, compacted).Run();
    }

    /// <summary>Tidies up before closing. When that fails everything stays in the write-ahead log, where the next start finds it.</summary>
    public void Checkpoint() => _ = _database.TryCheckpoint();

    public void Dispose() => _database.Dispose();

    private void Configure(long maxPages)
    {
        _database.Execute("PRAGMA journal_mode = WAL");
        // Every commit is followed by an fsync of the write-ahead log before it is acknowledged.
        _database.Execute("PRAGMA synchronous = FULL");
        _database.Execute("PRAGMA wal_autocheckpoint = 1000");
        _database.Execute("PRAGMA cache_size = -8192");
        // The log file is cut back to this many bytes after it has grown in a burst.
        _database.Execute("PRAGMA journal_size_limit = 33554432");
        if (maxPages > 0)
        {
            _database.Execute($"PRAGMA max_page_count = {maxPages}");
        }
    }
}
