using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.Store;

namespace Minke.ApiServer.Tests.Cache;

public sealed class CacheListTests
{
    private static readonly CacheListRequest All = new();

    // The store holds: 1 a/x, 2 a/y, 3 b/x, 4 a/x changed, 5 a/y deleted, 6 another kind.
    [Theory]
    [InlineData("", "", 0, "6: a/x@4 b/x@3")]
    [InlineData("0", "", 0, "6: a/x@4 b/x@3")]
    [InlineData("0", "NotOlderThan", 0, "6: a/x@4 b/x@3")]
    [InlineData("3", "", 0, "6: a/x@4 b/x@3")]
    [InlineData("3", "NotOlderThan", 1, "6: a/x@4 ...1")]
    [InlineData("", "", 1, "6: a/x@4 ...1")]
    [InlineData("3", "Exact", 0, "3: a/x@1 a/y@2 b/x@3")]
    [InlineData("3", "Exact", 2, "3: a/x@1 a/y@2 ...1")]
    [InlineData("3", "", 2, "3: a/x@1 a/y@2 ...1")]
    [InlineData("5", "Exact", 0, "5: a/x@4 b/x@3")]
    [InlineData("6", "Exact", 0, "6: a/x@4 b/x@3")]
    public void VersionParameters_GiveTheStateThatTheyAskFor(string version, string match, int limit, string expected) => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        Assert.Equal(expected, await fixture.ListAsync(All with { ResourceVersion = version, ResourceVersionMatch = match, Limit = limit }));
    });

    [Theory]
    [InlineData("", "Exact")]
    [InlineData("", "NotOlderThan")]
    [InlineData("0", "Exact")]
    [InlineData("3", "Sometimes")]
    [InlineData("x", "")]
    [InlineData("-1", "")]
    [InlineData("99999999999999999999", "")]
    public void ContradictoryParameters_AreABadRequest(string version, string match) => CacheFixture.Run(async fixture =>
    {
        var error = await CacheFixture.FailureOf(fixture.Cache.ListAsync(All with { ResourceVersion = version, ResourceVersionMatch = match }, default));
        Assert.Equal(400, error.Code);
    });

    [Theory]
    [InlineData("")]
    [InlineData("Exact")]
    [InlineData("NotOlderThan")]
    public void VersionOfTheFuture_IsWaitedForAndThenTooLarge(string match) => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        var error = await CacheFixture.FailureOf(fixture.Cache.ListAsync(All with { ResourceVersion = "9", ResourceVersionMatch = match }, default));
        Assert.Equal((504, "Too large resource version: 9, current: 6"), (error.Code, error.Message));
        Assert.Equal("ResourceVersionTooLarge", error.Status.Details!.Causes[0].Reason);
        Assert.Equal(TimeSpan.FromSeconds(3), fixture.Loop.Time.Elapsed);
    });

    [Fact]
    public void VersionThatComesInTime_IsAnswered() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        var list = fixture.ListAsync(All with { ResourceVersion = "7", ResourceVersionMatch = "Exact" });
        await fixture.Loop.SettleAsync();
        Assert.False(list.IsCompleted);
        await fixture.CreateAsync("c/x");
        Assert.Equal("7: a/x@4 b/x@3 c/x@7", await list);
    });

    [Fact]
    public void NewestState_HasEveryAcknowledgedWrite() => CacheFixture.Run(async fixture =>
    {
        for (var i = 0; i < 50; i++)
        {
            var revision = await fixture.CreateAsync($"a/{i:d2}");
            var list = await fixture.Cache.ListAsync(All, default);
            Assert.Equal((revision, i + 1), (list.Revision, list.Items.Count));
        }
    });

    [Fact]
    public void NewestStateWhenTheCacheIsCutOff_IsATimeout() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        await fixture.ListAsync(All);
        fixture.Store.Faults.DroppedWatchRate = 1;
        await fixture.CreateAsync("c/x");
        var error = await CacheFixture.FailureOf(fixture.Cache.ListAsync(All, default));
        Assert.Equal((504, StatusReason.Timeout), (error.Code, error.Reason));
        Assert.Equal("6: a/x@4 b/x@3", await fixture.ListAsync(All with { ResourceVersion = "0" }));
    });

    [Fact]
    public void StoreThatIsAway_MakesTheNewestStateUnavailable() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        await fixture.ListAsync(All);
        fixture.Store.Faults.Down = true;
        Assert.Equal(503, (await CacheFixture.FailureOf(fixture.Cache.ListAsync(All, default))).Code);
    });

    [Fact]
    public void CacheThatIsNotLoaded_IsUnavailable() => CacheFixture.Run(
        async fixture =>
        {
            var error = await CacheFixture.FailureOf(fixture.Cache.ListAsync(All with { ResourceVersion = "0" }, default));
            Assert.Equal(503, error.Code);
            Assert.False(fixture.Cache.Ready);
            fixture.Start();
            await fixture.Cache.Loaded;
            Assert.True(fixture.Cache.Ready);
        },
        start: false);

    [Fact]
    public void LoadingOfSeveralCaches_IsAwaitedOnTheCallersContext() => CacheFixture.Run(async fixture =>
        await Task.WhenAll(fixture.Cache.Loaded, fixture.Cache.Loaded).WaitAsync(CancellationToken.None));

    [Fact]
    public void Pages_AreAllOfOneRevisionWhileTheCacheMovesOn() => CacheFixture.Run(async fixture =>
    {
        for (var i = 0; i < 10; i++)
        {
            await fixture.CreateAsync($"a/{i}");
        }

        var names = new List<string>();
        var token = "";
        do
        {
            var page = await fixture.Cache.ListAsync(All with { Limit = 3, Continue = token }, default);
            names.AddRange(page.Items.Select(CacheFixture.Show));
            Assert.Equal((10L, token = page.Continue), (page.Revision, page.Continue));
            Assert.Equal(token.Length > 0 ? 10 - names.Count : null, page.Remaining);

            // What comes and goes behind the page must not show up in the next one.
            await fixture.CreateAsync($"a/{names.Count - 1}-new");
            if (names.Count < 10)
            {
                await fixture.DeleteAsync($"a/{names.Count}", names.Count + 1);
            }
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"a/{i}@{i + 1}"), names);
    });

    [Fact]
    public void FilteredPages_SkipWhatDoesNotMatchAndTellNoCount() => CacheFixture.Run(async fixture =>
    {
        for (var i = 0; i < 9; i++)
        {
            await fixture.CreateAsync($"a/{i}", i % 3 == 0 ? "web" : "db");
        }

        var request = All with { Limit = 2, Predicate = CacheFixture.Labelled("web") };
        var first = await fixture.Cache.ListAsync(request, default);
        Assert.Equal(["a/0@1", "a/3@4"], first.Items.Select(CacheFixture.Show));
        Assert.Null(first.Remaining);
        await fixture.UpdateAsync("a/6", "db", 7);
        var second = await fixture.Cache.ListAsync(request with { Continue = first.Continue }, default);
        Assert.Equal((9L, "a/6@7", ""), (second.Revision, string.Join(' ', second.Items.Select(CacheFixture.Show)), second.Continue));
    });

    [Fact]
    public void PageOfACompactedRevision_IsExpiredAndOffersTheRest() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        var first = await fixture.Cache.ListAsync(All with { Limit = 1 }, default);
        await fixture.CreateAsync("a/z");
        await fixture.CreateAsync("b/y");
        await fixture.Store.CompactAsync(8, default);
        await fixture.ListAsync(All);

        var error = await CacheFixture.FailureOf(fixture.Cache.ListAsync(All with { Limit = 1, Continue = first.Continue }, default));

        Assert.Equal((410, StatusReason.Expired), (error.Code, error.Reason));
        Assert.StartsWith("The provided continue parameter is too old", error.Message, StringComparison.Ordinal);
        Assert.Equal("8: a/z@7 b/x@3 b/y@8", await fixture.ListAsync(All with { Continue = error.Status.Metadata.Continue }));
    });

    [Fact]
    public void ExactVersionThatIsCompacted_IsExpired() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        await fixture.Store.CompactAsync(5, default);
        var error = await CacheFixture.FailureOf(fixture.Cache.ListAsync(All with { ResourceVersion = "2", ResourceVersionMatch = "Exact" }, default));
        Assert.Equal((410, "The resourceVersion for the provided list is too old."), (error.Code, error.Message));
    });

    [Theory]
    [InlineData("garbage!")]
    [InlineData("e30")]
    [InlineData("W10")]
    [InlineData("bnVsbA")]
    [InlineData("eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MCwic3RhcnQiOiJhL3gifQ")]
    [InlineData("eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJcbiJ9")]
    public void ForeignContinueToken_IsABadRequest(string token) => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        Assert.Equal(400, (await CacheFixture.FailureOf(fixture.Cache.ListAsync(All with { Continue = token }, default))).Code);
    });

    [Fact]
    public void ContinueWithAVersion_IsABadRequest() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        var token = (await fixture.Cache.ListAsync(All with { Limit = 1 }, default)).Continue;
        Assert.Equal(400, (await CacheFixture.FailureOf(fixture.Cache.ListAsync(All with { Continue = token, ResourceVersion = "3" }, default))).Code);
    });

    [Fact]
    public void NamespaceAndName_LimitTheList() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        await fixture.CreateAsync("a-b/x");
        Assert.Equal("7: a/x@4", await fixture.ListAsync(All with { Namespace = "a" }));
        Assert.Equal("7: a-b/x@7 a/x@4 b/x@3", await fixture.ListAsync(All with { Name = "x" }));
        Assert.Equal("7: b/x@3", await fixture.ListAsync(All with { Namespace = "b", Name = "x" }));
        Assert.Equal("7: ", await fixture.ListAsync(All with { Namespace = "b", Name = "y" }));
    });

    [Fact]
    public void Get_FollowsTheVersion() => CacheFixture.Run(async fixture =>
    {
        await FillAsync(fixture);
        Assert.Equal("a/x@4", CacheFixture.Show((await fixture.Cache.GetAsync("a", "x", "", default))!));
        Assert.Equal("a/x@4", CacheFixture.Show((await fixture.Cache.GetAsync("a", "x", "2", default))!));
        Assert.Null(await fixture.Cache.GetAsync("a", "y", "0", default));
        Assert.Equal(504, (await CacheFixture.FailureOf(fixture.Cache.GetAsync("a", "x", "9", default))).Code);
    });

    private static async Task FillAsync(CacheFixture fixture)
    {
        await fixture.CreateAsync("a/x");
        await fixture.CreateAsync("a/y");
        await fixture.CreateAsync("b/x");
        await fixture.UpdateAsync("a/x", "web", 1);
        await fixture.DeleteAsync("a/y", 2);
        Assert.Equal(6, await fixture.WriteElsewhereAsync());
        await fixture.Cache.WaitForAsync(6, default);
    }
}
