using System.Text;
using SQLitePCL;

namespace Minke.Store.Sqlite;

/// <summary>One prepared statement. Parameters count from 1 and columns from 0, as in SQLite.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle, string sql) : IDisposable
{
    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    /// <summary>Binds ASCII text.</summary>
    public SqliteStatement Bind(int index, string text)
    {
        Span<byte> bytes = stackalloc byte[StoreLimits.MaxKeyLength + 1];
        var length = Encoding.ASCII.GetBytes(text, bytes);
        Check(raw.sqlite3_bind_text(handle, index, bytes[..length]));
        return this;
    }

    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        // An empty span has no address and would be bound as NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw database.Failure(code, sql),
        };
    }

    /// <summary>Runs to the end and makes the statement ready for its next use.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => Encoding.ASCII.GetString(raw.sqlite3_column_blob(handle, column));

    /// <summary>The column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    // The code that reset gives repeats the failure of the last step, which was thrown then.
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public void Dispose() => handle.Dispose();

    private void Check(int code) => database.Check(code, sql);
}
