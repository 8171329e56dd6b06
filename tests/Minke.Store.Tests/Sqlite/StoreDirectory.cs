using Minke.Store.Sqlite;

namespace Minke.Store.Tests.Sqlite;

/// <summary>A fresh directory for one store; deleted at the end.</summary>
internal sealed class StoreDirectory : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("minke-store-test-").FullName;

    public string DatabaseFile => System.IO.Path.Combine(Path, "minke.db");

    public SqliteStore Open(Func<SqliteStoreOptions, SqliteStoreOptions>? change = null)
    {
        var options = new SqliteStoreOptions { Directory = Path };
        return SqliteStore.Open(change is null ? options : change(options));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
