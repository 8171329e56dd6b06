namespace Minke.Store.Tests.Contract;

public abstract class ReadContract : StoreContract
{
    [Fact]
    public async Task GetAtARevision_GivesTheValueOfThatTime()
    {
        var first = await CreateAsync("/pods/a", "1");
        var second = await UpdateAsync("/pods/a", "2", first);
        var gone = await DeleteAsync("/pods/a", second);
        var again = await CreateAsync("/pods/a", "3");

        Assert.Equal("1", Text(await Store.GetAsync("/pods/a", first, Cancel)));
        Assert.Equal("2", Text(await Store.GetAsync("/pods/a", second, Cancel)));
        Assert.Null(await Store.GetAsync("/pods/a", gone, Cancel));
        Assert.Equal("3", Text(await Store.GetAsync("/pods/a", again, Cancel)));
    }

    [Fact]
    public async Task GetOfMissingKey_GivesNull() => Assert.Null(await Store.GetAsync("/pods/a", 0, Cancel));

    [Fact]
    public async Task ReadInTheFuture_Throws()
    {
        await CreateAsync("/pods/a");
        var get = await Assert.ThrowsAsync<FutureRevisionException>(async () => await Store.GetAsync("/pods/a", 2, Cancel));
        Assert.Equal(1, get.NewestRevision);
        await Assert.ThrowsAsync<FutureRevisionException>(async () => await Store.ListAsync(new ListQuery("/pods/", 2, 0, null), Cancel));
    }

    [Fact]
    public async Task List_GivesThePrefixInKeyOrder()
    {
        foreach (var key in (string[])["/pods/b", "/podsx/a", "/pods/a-1", "/pods/a", "/pods/a/x", "/pod/a", "/pods/B"])
        {
            await CreateAsync(key, key);
        }

        var page = await Store.ListAsync(new ListQuery("/pods/", 0, 0, null), Cancel);

        Assert.Equal(["/pods/B", "/pods/a", "/pods/a-1", "/pods/a/x", "/pods/b"], page.Entries.Select(entry => entry.Key));
        Assert.Equal(page.Entries.Select(entry => entry.Key), page.Entries.Select(Text));
        Assert.Equal((7L, false, 0L), (page.Revision, page.More, page.Remaining));
    }

    [Fact]
    public async Task ListOfNothing_HasTheNewestRevision()
    {
        await CreateAsync("/nodes/a");
        var page = await Store.ListAsync(new ListQuery("/pods/", 0, 10, null), Cancel);
        Assert.Empty(page.Entries);
        Assert.Equal((1L, false), (page.Revision, page.More));
    }

    [Fact]
    public async Task ListAtARevision_IsThatState()
    {
        var a = await CreateAsync("/pods/a", "1");
        var b = await CreateAsync("/pods/b", "1");
        await UpdateAsync("/pods/a", "2", a);
        await DeleteAsync("/pods/b", b);
        await CreateAsync("/pods/c", "1");

        var page = await Store.ListAsync(new ListQuery("/pods/", b, 0, null), Cancel);

        Assert.Equal(["/pods/a=1", "/pods/b=1"], page.Entries.Select(entry => $"{entry.Key}={Text(entry)}"));
        Assert.Equal(b, page.Revision);
    }

    [Fact]
    public async Task Pages_TellHowManyRemain()
    {
        for (var i = 0; i < 10; i++)
        {
            await CreateAsync($"/pods/{i}");
        }

        await DeleteAsync("/pods/7", 8);
        var first = await Store.ListAsync(new ListQuery("/pods/", 0, 4, null), Cancel);
        var second = await Store.ListAsync(new ListQuery("/pods/", first.Revision, 4, first.Entries[^1].Key), Cancel);
        var third = await Store.ListAsync(new ListQuery("/pods/", first.Revision, 4, second.Entries[^1].Key), Cancel);

        Assert.Equal((true, 5L), (first.More, first.Remaining));
        Assert.Equal((true, 1L), (second.More, second.Remaining));
        Assert.Equal((false, 0L), (third.More, third.Remaining));
        Assert.Equal(["/pods/9"], third.Entries.Select(entry => entry.Key));
    }

    [Fact]
    public async Task AfterKeyOutsideThePrefix_GivesNothingFromOutside()
    {
        await CreateAsync("/nodes/a");
        await CreateAsync("/pods/a");
        await CreateAsync("/secrets/a");

        var below = await Store.ListAsync(new ListQuery("/pods/", 0, 0, "/a"), Cancel);
        var above = await Store.ListAsync(new ListQuery("/pods/", 0, 0, "/z"), Cancel);

        Assert.Equal(["/pods/a"], below.Entries.Select(entry => entry.Key));
        Assert.Empty(above.Entries);
    }

    [Fact]
    public async Task PagesUnderConcurrentWrites_AreAllAsOfOneRevision()
    {
        for (var i = 0; i < 100; i++)
        {
            await CreateAsync($"/pods/{i:d3}", "0");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = Task.Run(() => ChurnAsync(stop.Token), Cancel);
        for (var round = 0; round < 20; round++)
        {
            var whole = await Store.ListAsync(new ListQuery("/pods/", 0, 0, null), Cancel);
            var paged = new List<StoreEntry>();
            StorePage page;
            do
            {
                page = await Store.ListAsync(new ListQuery("/pods/", whole.Revision, 7, paged.Count == 0 ? null : paged[^1].Key), Cancel);
                paged.AddRange(page.Entries);
                Assert.Equal(whole.Revision, page.Revision);
                Assert.Equal(whole.Entries.Count - paged.Count, page.Remaining);
            }
            while (page.More);
            Assert.Equal(whole.Entries.Select(Describe), paged.Select(Describe));
        }

        await stop.CancelAsync();
        await writing;

        static string Describe(StoreEntry entry) => $"{entry.Key}@{entry.Revision}/{entry.CreateRevision}={Text(entry)}";
    }

    // Every write of the churn deletes, creates or changes one key, so that two revisions never have the same list.
    private async Task ChurnAsync(CancellationToken stop)
    {
        var random = new Random(7);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var key = $"/pods/{random.Next(120):d3}";
            var entry = await Store.GetAsync(key, 0, Cancel);
            await CommitAsync(entry is null ? StoreWrite.Create(key, Bytes($"{i}"))
                : random.Next(3) == 0 ? StoreWrite.Delete(key, entry.Revision)
                : StoreWrite.Update(key, Bytes($"{i}"), entry.Revision));
            await Task.Yield();
        }
    }
}
