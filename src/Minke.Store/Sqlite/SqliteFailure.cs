using SQLitePCL;

namespace Minke.Store.Sqlite;

/// <summary>A call into SQLite failed. Stays inside the store; callers see <see cref="StoreUnavailableException"/>.</summary>
internal sealed class SqliteFailure(int code, int extendedCode, string what, string message)
    : Exception($"{what}: {message} (SQLite error {extendedCode})")
{
    /// <summary>The primary result code, for example <see cref="raw.SQLITE_FULL"/>.</summary>
    public int Code { get; } = code;
}
