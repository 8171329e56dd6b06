using SQLitePCL;

namespace Minke.Store.Sqlite;

/// <summary>
/// One SQLite connection, used by one thread at a time. The C API is called directly because the ADO.NET layer boxes every parameter and
/// column, which is most of what a small write costs.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <exception cref="SqliteFailure">The file cannot be opened.</exception>
    public static SqliteDatabase Open(string path, bool readOnly)
    {
        // The connection is never shared by two threads at once, so SQLite's own mutexes are not needed.
        var flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new SqliteDatabase(handle);
        if (code != raw.SQLITE_OK)
        {
            var failure = database.Failure(code, $"open {path}");
            database.Dispose();
            throw failure;
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, 5_000);
        return database;
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>A statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        Check(code, sql);
        var prepared = new SqliteStatement(this, statement, sql);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs statements that give no rows worth reading.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql), sql);

    /// <summary>The one integer that a statement gives; null when it gives no row.</summary>
    public long? QueryNumber(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_handle, sql, out var handle);
        Check(code, sql);
        using var statement = new SqliteStatement(this, handle, sql);
        return statement.Step() ? statement.Number(0) : null;
    }

    /// <summary>Moves the whole write-ahead log into the database file, waiting for readers. False when there is no room for that.</summary>
    public bool TryCheckpoint() =>
        raw.sqlite3_wal_checkpoint_v2(_handle, null, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _) == raw.SQLITE_OK;

    public void Check(int code, string what)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(code, what);
        }
    }

    public SqliteFailure Failure(int code, string what) =>
        new(code & 0xFF, code, what, raw.sqlite3_errmsg(_handle).utf8_to_string() ?? "unknown");

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }
}
