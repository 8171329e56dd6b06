using Minke.Store.Sqlite;

namespace Minke.Store.Tests.Sqlite;

public sealed class SweepTests : IAsyncDisposable
{
    private const int Updates = 700; // several steps of a sweep

    private readonly StoreDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    [Fact]
    public async Task Compaction_RemovesTheRowsOfForgottenVersions()
    {
        await using (var store = _directory.Open())
        {
            await store.WriteAsync(StoreWrite.Create("/stays", "1"u8.ToArray()), Cancel);
            var revision = (await store.WriteAsync(StoreWrite.Create("/busy", "1"u8.ToArray()), Cancel)).Revision;
            for (var i = 0; i < Updates; i++)
            {
                revision = (await store.WriteAsync(StoreWrite.Update("/busy", "2"u8.ToArray(), revision), Cancel)).Revision;
            }

            await store.CompactAsync(revision / 2, Cancel);
            await store.CompactAsync(revision, Cancel);
            await store.WriteAsync(StoreWrite.Delete("/busy", revision), Cancel);
            await store.WriteAsync(StoreWrite.Create("/last", "1"u8.ToArray()), Cancel);
            await store.CompactAsync(revision + 1, Cancel);
            await store.CompactAsync(revision + 2, Cancel);
        }

        // Closing ends in the middle of the sweep at the latest after the queue is empty; the next start goes on with it.
        await using (var store = _directory.Open())
        {
            await WaitUntilSweptAsync(store);
        }

        Assert.Equal(["/last", "/stays"], Keys());
    }

    private async Task WaitUntilSweptAsync(SqliteStore store)
    {
        // Each write lets the committer do at least one step of the sweep, which takes 256 revisions.
        for (var i = 0; i < (Updates / 256) + 2; i++)
        {
            await store.WriteAsync(StoreWrite.Create("/stays", default), Cancel);
        }
    }

    private List<string> Keys()
    {
        using var database = SqliteDatabase.Open(_directory.DatabaseFile, readOnly: true);
        var rows = database.Prepare("SELECT key FROM log ORDER BY key");
        var keys = new List<string>();
        while (rows.Step())
        {
            keys.Add(rows.Text(0));
        }

        return keys;
    }
}
