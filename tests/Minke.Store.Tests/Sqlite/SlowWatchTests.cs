namespace Minke.Store.Tests.Sqlite;

public sealed class SlowWatchTests : IAsyncDisposable
{
    private readonly StoreDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    [Fact]
    public async Task WatchThatFellBehindTheFeed_GoesOnFromTheLog()
    {
        await using var store = _directory.Open(options => options with { FeedEvents = 8 });
        await using var watch = store.WatchAsync("/", 0, Cancel).GetAsyncEnumerator(Cancel);
        await CreateAsync(store, 0, 1);
        Assert.True(await watch.MoveNextAsync());
        await CreateAsync(store, 1, 100);

        var seen = watch.Current.Events.Select(change => change.Entry.Revision).ToList();
        while (seen.Count < 100 && await watch.MoveNextAsync())
        {
            seen.AddRange(watch.Current.Events.Select(change => change.Entry.Revision));
        }

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task WatchThatFellBehindTheLog_EndsAsCompacted()
    {
        await using var store = _directory.Open(options => options with { FeedEvents = 8 });
        await using var watch = store.WatchAsync("/", 0, Cancel).GetAsyncEnumerator(Cancel);
        await CreateAsync(store, 0, 1);
        Assert.True(await watch.MoveNextAsync());
        await CreateAsync(store, 1, 100);
        await store.CompactAsync(50, Cancel);

        var error = await Assert.ThrowsAsync<CompactedException>(async () => await watch.MoveNextAsync());
        Assert.Equal(50, error.CompactedRevision);
    }

    private static async Task CreateAsync(IStore store, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await store.WriteAsync(StoreWrite.Create($"/k/{i}", default), Cancel);
        }
    }
}
