using Minke.Store.Sqlite;

namespace Minke.Store.Tests.Sqlite;

public sealed class DiskFullTests : IAsyncDisposable
{
    private readonly StoreDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    [Fact]
    public async Task FullDisk_FailsWritesUntilThereIsRoomAndKeepsWhatWasAcknowledged()
    {
        var acknowledged = new List<string>();
        await using (var store = _directory.Open(options => options with { MaxPages = 64 }))
        {
            var error = await FillAsync(store, acknowledged);
            Assert.Contains("full", error.Message, StringComparison.Ordinal);

            // Full is not broken: reads answer, conditions are judged on what is durable, and a write that fits succeeds.
            Assert.Equal(acknowledged.Count, await store.GetRevisionAsync(Cancel));
            Assert.Equal(WriteOutcome.Exists, (await store.WriteAsync(StoreWrite.Create(acknowledged[0], default), Cancel)).Outcome);
            var small = await store.WriteAsync(StoreWrite.Create("/small", default), Cancel);
            Assert.Equal(new WriteResult(WriteOutcome.Committed, acknowledged.Count + 1), small);
            acknowledged.Add("/small");
        }

        await using var again = _directory.Open();
        var page = await again.ListAsync(new ListQuery("/", 0, 0, null), Cancel);
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), page.Entries.Select(entry => entry.Key));
        Assert.Equal(WriteOutcome.Committed, (await again.WriteAsync(StoreWrite.Create("/big", new byte[20_000]), Cancel)).Outcome);
    }

    [Fact]
    public async Task FailedGroup_TellsNobodyAnOutcomeThatDependsOnIt()
    {
        await using var store = _directory.Open(options => options with { MaxPages = 64 });
        await FillAsync(store, []);

        // The second create would have found the first one's key if that had become durable.
        var first = store.WriteAsync(StoreWrite.Create("/pair", new byte[100_000]), Cancel).AsTask();
        var second = store.WriteAsync(StoreWrite.Create("/pair", new byte[100_000]), Cancel).AsTask();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => first);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => second);
        Assert.Null(await store.GetAsync("/pair", 0, Cancel));
    }

    [Fact]
    public async Task FullFileSystem_FailsWritesUntilThereIsRoom()
    {
        using var mount = SmallFileSystem.TryMount(_directory.Path, kilobytes: 2048);
        Assert.SkipWhen(mount is null, "needs the right to mount a file system");
        var filler = Path.Combine(_directory.Path, "filler");
        await File.WriteAllBytesAsync(filler, new byte[600 * 1024], Cancel);
        var acknowledged = new List<string>();
        await using (var store = _directory.Open())
        {
            await FillAsync(store, acknowledged);
            Assert.NotEmpty(acknowledged);
            Assert.Equal(acknowledged.Count, (await store.ListAsync(new ListQuery("/", 0, 0, null), Cancel)).Entries.Count);

            File.Delete(filler);
            var again = await store.WriteAsync(StoreWrite.Create("/again", new byte[10_000]), Cancel);
            Assert.Equal(new WriteResult(WriteOutcome.Committed, acknowledged.Count + 1), again);
        }

        await using var reopened = _directory.Open();
        Assert.Equal(acknowledged.Count + 1, (await reopened.ListAsync(new ListQuery("/", 0, 0, null), Cancel)).Entries.Count);
    }

    private static async Task<StoreUnavailableException> FillAsync(SqliteStore store, List<string> acknowledged)
    {
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                var result = await store.WriteAsync(StoreWrite.Create($"/fill/{i:d4}", new byte[10_000]), Cancel);
                Assert.Equal(acknowledged.Count + 1, result.Revision);
                acknowledged.Add($"/fill/{i:d4}");
            }
            catch (StoreUnavailableException error)
            {
                return error;
            }
        }

        throw new InvalidOperationException("the disk never got full");
    }
}
