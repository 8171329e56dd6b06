namespace Minke.Store.Tests.Contract;

public abstract class WatchContract : StoreContract
{
    [Fact]
    public async Task Watch_DeliversThePastAndThePresentInOrder()
    {
        var a = await CreateAsync("/pods/a", "1");
        var watching = WatchUntilAsync("/pods/", 0, 4);
        a = await UpdateAsync("/pods/a", "2", a);
        await CreateAsync("/nodes/n", "n");
        await DeleteAsync("/pods/a", a);

        Assert.Equal(["1+/pods/a=1", "2+/pods/a=2", "4-/pods/a="], (await watching).Select(Text));
    }

    [Fact]
    public async Task WatchAfterARevision_SkipsWhatIsBefore()
    {
        await CreateAsync("/pods/a", "1");
        await CreateAsync("/pods/b", "1");
        Assert.Equal(["2+/pods/b=1"], (await WatchUntilAsync("/pods/", 1, 2)).Select(Text));
    }

    [Fact]
    public async Task EventOfAnUpdate_TellsTheCreateRevision()
    {
        var created = await CreateAsync("/pods/a");
        await DeleteAsync("/pods/a", await UpdateAsync("/pods/a", "2", created));
        Assert.All(await WatchUntilAsync("/pods/", 0, 3), change => Assert.Equal(created, change.Entry.CreateRevision));
    }

    [Fact]
    public async Task WritesElsewhere_AreToldAsProgress()
    {
        await CreateAsync("/pods/a");
        var watching = WatchUntilAsync("/pods/", 1, 2);
        await CreateAsync("/nodes/a");
        Assert.Empty(await watching);
    }

    [Fact]
    public async Task WatchOfTheFuture_Throws()
    {
        await CreateAsync("/pods/a");
        await Assert.ThrowsAsync<FutureRevisionException>(() => WatchUntilAsync("/pods/", 2, 3));
    }

    [Fact]
    public async Task CancelledWatch_EndsWithCancellation()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await CreateAsync("/pods/a");
        await using var watch = Store.WatchAsync("/pods/", 0, stop.Token).GetAsyncEnumerator(Cancel);
        Assert.True(await watch.MoveNextAsync());
        var next = watch.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task ClosedStore_EndsItsWatches()
    {
        await CreateAsync("/pods/a");
        await using var watch = Store.WatchAsync("/pods/", 1, Cancel).GetAsyncEnumerator(Cancel);
        var next = watch.MoveNextAsync().AsTask();
        await Store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => next);
    }

    [Fact]
    public async Task WatchesUnderConcurrentWriters_SeeEveryRevisionOnceInOrder()
    {
        const int Writers = 8;
        const int Writes = 250;
        const int Last = Writers * Writes;
        var watches = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WatchUntilAsync("/", 0, Last), Cancel)).ToArray();
        var resubscribing = Task.Run(() => WatchInPiecesAsync(Last), Cancel);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), Cancel)));

        foreach (var watch in watches.Append(resubscribing))
        {
            Assert.Equal(Enumerable.Range(1, Last).Select(i => (long)i), (await watch).Select(change => change.Entry.Revision));
        }

        async Task WriteAsync(int writer)
        {
            for (var i = 0; i < Writes; i++)
            {
                await CreateAsync($"/pods/{writer}-{i}");
            }
        }
    }

    [Fact]
    public async Task ListThenWatch_MissesNothingUnderConcurrentWrites()
    {
        const int Writes = 1000;
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < Writes; i++)
                {
                    await CreateAsync($"/pods/{i:d5}");
                    await Task.Yield();
                }
            },
            Cancel);
        var lists = new List<StorePage>();
        for (var next = 0L; next < Writes; next += Writes / 20)
        {
            await WatchUntilAsync("/pods/", 0, next);
            lists.Add(await Store.ListAsync(new ListQuery("/pods/", 0, 0, null), Cancel));
        }

        await writing;
        foreach (var list in lists)
        {
            var after = await WatchUntilAsync("/pods/", list.Revision, Writes);
            Assert.Equal(Writes, list.Entries.Count + after.Count);
            Assert.All(after, change => Assert.True(change.Entry.Revision > list.Revision));
        }
    }

    // Opens a new watch after every batch.
    private async Task<List<StoreEvent>> WatchInPiecesAsync(long upTo)
    {
        var events = new List<StoreEvent>();
        for (long cursor = 0; cursor < upTo;)
        {
            await foreach (var batch in Store.WatchAsync("/", cursor, Cancel))
            {
                events.AddRange(batch.Events);
                cursor = batch.Revision;
                break;
            }
        }

        return events;
    }
}
