namespace Minke.Store.Tests.Contract;

public abstract class CompactionContract : StoreContract
{
    [Fact]
    public async Task ReadsBeforeTheCompactedRevision_Throw()
    {
        await FillAsync();
        await Store.CompactAsync(5, Cancel);

        var get = await Assert.ThrowsAsync<CompactedException>(async () => await Store.GetAsync("/pods/a", 4, Cancel));
        Assert.Equal(5, get.CompactedRevision);
        await Assert.ThrowsAsync<CompactedException>(async () => await Store.ListAsync(new ListQuery("/pods/", 1, 0, null), Cancel));
    }

    [Fact]
    public async Task ReadsAtAndAfterTheCompactedRevision_AreAsBefore()
    {
        await FillAsync();
        var before = new List<string>();
        for (var revision = 5; revision <= 8; revision++)
        {
            before.Add(await DescribeAsync(revision));
        }

        await Store.CompactAsync(5, Cancel);
        await CreateAsync("/pods/more");

        for (var revision = 5; revision <= 8; revision++)
        {
            Assert.Equal(before[revision - 5], await DescribeAsync(revision));
        }
    }

    [Fact]
    public async Task WatchAfterARevisionBeforeTheCompacted_Throws()
    {
        await FillAsync();
        await Store.CompactAsync(5, Cancel);
        await Assert.ThrowsAsync<CompactedException>(() => WatchUntilAsync("/pods/", 3, 8));
    }

    [Fact]
    public async Task WatchAfterTheRevisionBeforeTheCompacted_MissesNothing()
    {
        await FillAsync();
        await Store.CompactAsync(5, Cancel);
        Assert.Equal([5L, 6, 7, 8], (await WatchUntilAsync("/pods/", 4, 8)).Select(change => change.Entry.Revision));
    }

    [Fact]
    public async Task CompactionOfTheNewestDeletion_KeepsTheRevision()
    {
        await FillAsync();
        await Store.CompactAsync(8, Cancel);
        Assert.Equal(8, await Store.GetRevisionAsync(Cancel));
        Assert.Equal("/pods/a=3 /pods/d=1", await DescribeAsync(8));
        Assert.Equal(9, await CreateAsync("/pods/b", "again"));
    }

    [Fact]
    public async Task CompactionOfTheFuture_Throws()
    {
        await FillAsync();
        await Assert.ThrowsAsync<FutureRevisionException>(async () => await Store.CompactAsync(9, Cancel));
    }

    [Fact]
    public async Task OlderCompaction_ChangesNothing()
    {
        await FillAsync();
        await Store.CompactAsync(6, Cancel);
        await Store.CompactAsync(2, Cancel);
        var get = await Assert.ThrowsAsync<CompactedException>(async () => await Store.GetAsync("/pods/a", 2, Cancel));
        Assert.Equal(6, get.CompactedRevision);
    }

    [Fact]
    public async Task WritesAfterCompaction_StillSeeTheirKeys()
    {
        await FillAsync();
        await Store.CompactAsync(8, Cancel);
        Assert.Equal(WriteOutcome.Exists, (await Store.WriteAsync(StoreWrite.Create("/pods/a", Bytes("x")), Cancel)).Outcome);
        Assert.Equal(WriteOutcome.Missing, (await Store.WriteAsync(StoreWrite.Update("/pods/b", Bytes("x"), 2), Cancel)).Outcome);
        await UpdateAsync("/pods/a", "4", 6);
    }

    // By revision: 1 a=1, 2 b=1, 3 a=2, 4 c=1, 5 c deleted, 6 a=3, 7 d=1, 8 b deleted.
    private async Task FillAsync()
    {
        var a = await CreateAsync("/pods/a", "1");
        var b = await CreateAsync("/pods/b", "1");
        a = await UpdateAsync("/pods/a", "2", a);
        var c = await CreateAsync("/pods/c", "1");
        await DeleteAsync("/pods/c", c);
        await UpdateAsync("/pods/a", "3", a);
        await CreateAsync("/pods/d", "1");
        await DeleteAsync("/pods/b", b);
    }

    private async Task<string> DescribeAsync(long revision)
    {
        var page = await Store.ListAsync(new ListQuery("/pods/", revision, 0, null), Cancel);
        return string.Join(' ', page.Entries.Select(entry => $"{entry.Key}={Text(entry)}"));
    }
}
