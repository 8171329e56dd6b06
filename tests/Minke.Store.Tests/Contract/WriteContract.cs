namespace Minke.Store.Tests.Contract;

public abstract class WriteContract : StoreContract
{
    [Fact]
    public async Task FirstWrite_GetsRevisionOne()
    {
        Assert.Equal(0, await Store.GetRevisionAsync(Cancel));
        Assert.Equal(1, await CreateAsync("/pods/a"));
        Assert.Equal(1, await Store.GetRevisionAsync(Cancel));
    }

    [Fact]
    public async Task CreateOfExistingKey_AnswersExistsWithItsRevision()
    {
        await CreateAsync("/pods/other");
        var revision = await CreateAsync("/pods/a", "first");

        var result = await Store.WriteAsync(StoreWrite.Create("/pods/a", Bytes("second")), Cancel);

        Assert.Equal(new WriteResult(WriteOutcome.Exists, revision), result);
        Assert.Equal("first", Text(await Store.GetAsync("/pods/a", 0, Cancel)));
    }

    [Fact]
    public async Task UpdateAtExpectedRevision_ReplacesValueAndKeepsCreateRevision()
    {
        var created = await CreateAsync("/pods/a", "1");
        var updated = await UpdateAsync("/pods/a", "2", created);

        var entry = await Store.GetAsync("/pods/a", 0, Cancel);
        Assert.Equal("2", Text(entry));
        Assert.Equal((updated, created), (entry!.Revision, entry.CreateRevision));
    }

    [Theory]
    [InlineData(WriteKind.Update)]
    [InlineData(WriteKind.Delete)]
    public async Task WriteAtAnotherRevision_AnswersConflictWithPresentRevision(WriteKind kind)
    {
        var created = await CreateAsync("/pods/a", "1");
        var updated = await UpdateAsync("/pods/a", "2", created);

        var result = await Store.WriteAsync(new StoreWrite(kind, "/pods/a", Bytes("3"), created), Cancel);

        Assert.Equal(new WriteResult(WriteOutcome.Conflict, updated), result);
        Assert.Equal("2", Text(await Store.GetAsync("/pods/a", 0, Cancel)));
    }

    [Theory]
    [InlineData(WriteKind.Update)]
    [InlineData(WriteKind.Delete)]
    public async Task WriteToMissingKey_AnswersMissing(WriteKind kind)
    {
        await DeleteAsync("/pods/a", await CreateAsync("/pods/a"));
        Assert.Equal(new WriteResult(WriteOutcome.Missing, 0), await Store.WriteAsync(new StoreWrite(kind, "/pods/a", Bytes("x"), 1), Cancel));
    }

    [Fact]
    public async Task RefusedWrite_UsesNoRevision()
    {
        await CreateAsync("/pods/a");
        await Store.WriteAsync(StoreWrite.Create("/pods/a", Bytes("x")), Cancel);
        await Store.WriteAsync(StoreWrite.Delete("/pods/a", 99), Cancel);
        Assert.Equal(2, await CreateAsync("/pods/b"));
    }

    [Fact]
    public async Task RecreatedKey_HasANewCreateRevision()
    {
        await DeleteAsync("/pods/a", await CreateAsync("/pods/a"));
        var again = await CreateAsync("/pods/a", "again");
        Assert.Equal(again, (await Store.GetAsync("/pods/a", 0, Cancel))!.CreateRevision);
    }

    [Fact]
    public async Task EmptyValue_IsKept()
    {
        await CreateAsync("/pods/a", "");
        Assert.Equal("", Text(await Store.GetAsync("/pods/a", 0, Cancel)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/pods/\u00e4")]
    [InlineData("/pods/\n")]
    public async Task KeyThatIsNotPrintableAscii_IsRefused(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.WriteAsync(StoreWrite.Create(key, Bytes("x")), Cancel));

    [Fact]
    public async Task LongestKey_IsKept()
    {
        var key = "/" + new string('k', StoreLimits.MaxKeyLength - 1);
        await CreateAsync(key, "long");
        Assert.Equal("long", Text(await Store.GetAsync(key, 0, Cancel)));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.WriteAsync(StoreWrite.Create(key + "k", Bytes("x")), Cancel));
    }

    [Fact]
    public async Task CancelledBeforeTheWrite_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.WriteAsync(StoreWrite.Create("/pods/a", Bytes("x")), new CancellationToken(canceled: true)));
        Assert.Equal(0, await Store.GetRevisionAsync(Cancel));
    }

    [Fact]
    public async Task ConcurrentUpdatesOfOneKey_ExactlyOnePerRevisionWins()
    {
        const int Writers = 8;
        const int Increments = 50;
        await CreateAsync("/counter", "0");

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(IncrementAsync, Cancel)));

        Assert.Equal((Writers * Increments).ToString(), Text(await Store.GetAsync("/counter", 0, Cancel)));
        Assert.Equal(1 + Writers * Increments, await Store.GetRevisionAsync(Cancel));

        async Task IncrementAsync()
        {
            for (var done = 0; done < Increments;)
            {
                var entry = await Store.GetAsync("/counter", 0, Cancel);
                var next = (int.Parse(Text(entry)) + 1).ToString();
                var result = await Store.WriteAsync(StoreWrite.Update("/counter", Bytes(next), entry!.Revision), Cancel);
                done += result.Outcome == WriteOutcome.Committed ? 1 : 0;
            }
        }
    }
}
