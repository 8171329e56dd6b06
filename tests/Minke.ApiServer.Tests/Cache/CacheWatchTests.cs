using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.Store;

namespace Minke.ApiServer.Tests.Cache;

public sealed class CacheWatchTests
{
    private static readonly CacheWatchRequest All = new();

    // Before the watch: 1 a/x, 2 a/y, 3 a/x changed. During it: 4 b/x, 5 a/y deleted.
    [Theory]
    [InlineData("", null, "+a/x@3 +a/y@2 +b/x@4 -a/y@5")]
    [InlineData("0", null, "+a/x@3 +a/y@2 +b/x@4 -a/y@5")]
    [InlineData("", false, "+b/x@4 -a/y@5")]
    [InlineData("0", false, "+b/x@4 -a/y@5")]
    [InlineData("1", null, "+a/y@2 ~a/x@3 +b/x@4 -a/y@5")]
    [InlineData("3", null, "+b/x@4 -a/y@5")]
    [InlineData("3", false, "+b/x@4 -a/y@5")]
    [InlineData("", true, "+a/x@3 +a/y@2 *end@3 +b/x@4 -a/y@5")]
    [InlineData("0", true, "+a/x@3 +a/y@2 *end@3 +b/x@4 -a/y@5")]
    [InlineData("2", true, "+a/x@3 +a/y@2 *end@3 +b/x@4 -a/y@5")]
    [InlineData("4", true, "+a/x@3 +a/y@2 +b/x@4 *end@4 -a/y@5")]
    public void VersionParameters_SayWhereTheWatchBegins(string version, bool? initial, string expected) => CacheFixture.Run(async fixture =>
    {
        await fixture.CreateAsync("a/x");
        await fixture.CreateAsync("a/y");
        await fixture.UpdateAsync("a/x", "web", 1);
        await fixture.Cache.WaitForAsync(3, default);
        var watcher = new Watcher(fixture.Cache, All with { ResourceVersion = version, SendInitialEvents = initial, AllowBookmarks = true });
        await fixture.Loop.SettleAsync();

        // Begun at a revision that is not there yet, the watch waits for it.
        await fixture.CreateAsync("b/x");
        await fixture.Loop.SettleAsync();
        await fixture.DeleteAsync("a/y", 2);
        await fixture.Loop.SettleAsync();

        Assert.Equal(expected.Split(' ').Order(), watcher.Events.Order());
        Assert.Equal(expected, watcher.Text);
        await watcher.StopAsync();
    });

    [Fact]
    public void InitialEventsWithoutBookmarks_EndSilently() => CacheFixture.Run(async fixture =>
    {
        await fixture.CreateAsync("a/x");
        var watcher = new Watcher(fixture.Cache, All with { SendInitialEvents = true });
        await fixture.Loop.SettleAsync();
        Assert.Equal("+a/x@1", watcher.Text);
        await watcher.StopAsync();
    });

    [Fact]
    public void ObjectsThatBeginAndCeaseToMatch_AreAddedAndDeleted() => CacheFixture.Run(async fixture =>
    {
        var watcher = new Watcher(fixture.Cache, All with { Predicate = CacheFixture.Labelled("web") });
        var revision = await fixture.CreateAsync("a/x", "db");
        revision = await fixture.UpdateAsync("a/x", "web", revision);
        revision = await fixture.UpdateAsync("a/x", "web", revision);
        revision = await fixture.UpdateAsync("a/x", "db", revision);
        revision = await fixture.UpdateAsync("a/x", "other", revision);
        revision = await fixture.UpdateAsync("a/x", "web", revision);
        await fixture.DeleteAsync("a/x", revision);
        await fixture.Loop.SettleAsync();

        Assert.Equal("+a/x@2 ~a/x@3 -a/x@4 +a/x@6 -a/x@7", watcher.Text);
        // What is deleted is told as it was while it matched.
        Assert.Equal("web", watcher.Raw[2].Object.Object.Metadata.Labels["tier"]);
        Assert.Equal("web", watcher.Raw[4].Object.Object.Metadata.Labels["tier"]);
        await watcher.StopAsync();
    });

    [Fact]
    public void NamespaceAndName_LimitTheWatch() => CacheFixture.Run(async fixture =>
    {
        await fixture.CreateAsync("a/x");
        var inNamespace = new Watcher(fixture.Cache, All with { Namespace = "a" });
        var ofName = new Watcher(fixture.Cache, All with { Namespace = "a", Name = "x" });
        await fixture.Loop.SettleAsync();
        await fixture.CreateAsync("b/x");
        await fixture.CreateAsync("a/y");
        await fixture.DeleteAsync("a/x", 1);
        await fixture.Loop.SettleAsync();

        Assert.Equal("+a/x@1 +a/y@3 -a/x@4", inNamespace.Text);
        Assert.Equal("+a/x@1 -a/x@4", ofName.Text);
        await inNamespace.StopAsync();
        await ofName.StopAsync();
    });

    [Fact]
    public void Bookmarks_ComeEveryMinuteToThoseWhoAllowThem() => CacheFixture.Run(async fixture =>
    {
        var with = new Watcher(fixture.Cache, All with { AllowBookmarks = true });
        var without = new Watcher(fixture.Cache, All);
        await fixture.CreateAsync("a/x");
        await fixture.WriteElsewhereAsync();
        await Task.Delay(TimeSpan.FromSeconds(61), fixture.Loop.Time);
        await fixture.WriteElsewhereAsync();
        await Task.Delay(TimeSpan.FromSeconds(60), fixture.Loop.Time);

        Assert.Equal("+a/x@1 *@2 *@3", with.Text);
        Assert.Equal("+a/x@1", without.Text);
        await with.StopAsync();
        await without.StopAsync();
    });

    [Fact]
    public void LostStoreWatch_IsNotSeenByWatchers() => CacheFixture.Run(async fixture =>
    {
        var watcher = new Watcher(fixture.Cache, All);
        var expected = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            expected.Add($"+a/{i}@{await fixture.CreateAsync($"a/{i}")}");
            if (i % 7 == 0)
            {
                fixture.Store.DropWatches();
            }

            if (i % 20 == 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), fixture.Loop.Time);
            }
        }

        await Task.Delay(TimeSpan.FromSeconds(30), fixture.Loop.Time);
        Assert.Equal(expected, watcher.Events);
        await watcher.StopAsync();
    });

    [Fact]
    public void SlowWatcher_IsEndedAndTheOthersGoOn() => CacheFixture.Run(
        async fixture =>
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var slow = new Watcher(fixture.Cache, All, () => gate.Task);
            var fast = new Watcher(fixture.Cache, All);
            for (var i = 0; i < 200; i++)
            {
                await fixture.CreateAsync($"a/{i:d3}");
                await fixture.Cache.WaitForAsync(i + 1, default);
                await fixture.Loop.SettleAsync();
            }

            // Nobody waited for the slow one: no time has passed.
            Assert.Equal(200, fast.Events.Count);
            Assert.Equal(TimeSpan.Zero, fixture.Loop.Time.Elapsed);
            gate.SetResult();
            await slow.Ended;
            Assert.Equal((410, StatusReason.Expired), (slow.Failure!.Code, slow.Failure.Reason));
            Assert.Null(fast.Failure);
            await fast.StopAsync();
        },
        new ResourceCacheOptions { RecentChanges = 64 });

    [Fact]
    public void WatchOfARevisionOlderThanTheRing_IsFilledFromTheStore() => CacheFixture.Run(
        async fixture =>
        {
            for (var i = 0; i < 40; i++)
            {
                await fixture.CreateAsync($"a/{i:d2}", i % 2 == 0 ? "web" : "db");
            }

            await fixture.UpdateAsync("a/00", "db", 1);
            await fixture.Cache.WaitForAsync(41, default);
            var watcher = new Watcher(fixture.Cache, All with { ResourceVersion = "36", Predicate = CacheFixture.Labelled("web") });
            await fixture.Loop.SettleAsync();
            await fixture.CreateAsync("b/x", "web");
            await fixture.Loop.SettleAsync();

            Assert.Equal("+a/36@37 +a/38@39 -a/00@41 +b/x@42", watcher.Text);
            await watcher.StopAsync();
        },
        new ResourceCacheOptions { RecentChanges = 2 });

    [Fact]
    public void ReplayThatOvertakesTheCache_TellsNothingTwice()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            CacheFixture.Run(
                async fixture =>
                {
                    fixture.Store.Faults.MaxDelay = TimeSpan.FromMilliseconds(50);
                    for (var i = 0; i < 20; i++)
                    {
                        await fixture.CreateAsync($"a/{i:d2}");
                    }

                    await fixture.Cache.WaitForAsync(20, default);
                    var watcher = new Watcher(fixture.Cache, All with { ResourceVersion = "10" });
                    for (var i = 20; i < 40; i++)
                    {
                        await fixture.CreateAsync($"a/{i:d2}");
                    }

                    await Task.Delay(TimeSpan.FromSeconds(5), fixture.Loop.Time);
                    Assert.Equal(Enumerable.Range(10, 30).Select(i => $"+a/{i:d2}@{i + 1}"), watcher.Events);
                    await watcher.StopAsync();
                },
                new ResourceCacheOptions { RecentChanges = 4 },
                seed);
        }
    }

    [Fact]
    public void WatchOfACompactedRevision_IsTooOld() => CacheFixture.Run(
        async fixture =>
        {
            for (var i = 0; i < 40; i++)
            {
                await fixture.CreateAsync($"a/{i:d2}");
            }

            await fixture.Cache.WaitForAsync(40, default);
            await fixture.Store.CompactAsync(30, default);
            var watcher = new Watcher(fixture.Cache, All with { ResourceVersion = "10" });
            await watcher.Ended;
            Assert.Equal((410, "too old resource version: 10 (30)"), (watcher.Failure!.Code, watcher.Failure.Message));
        },
        new ResourceCacheOptions { RecentChanges = 2 });

    [Fact]
    public void WatchOfTheFuture_IsRefused() => CacheFixture.Run(async fixture =>
    {
        await fixture.CreateAsync("a/x");
        var watcher = new Watcher(fixture.Cache, All with { ResourceVersion = "7" });
        await watcher.Ended;
        Assert.Equal((504, "Too large resource version: 7, current: 1"), (watcher.Failure!.Code, watcher.Failure.Message));
    });

    [Fact]
    public void WriterThatIsAheadOfTheCache_WatchesFromItsWrite() => CacheFixture.Run(async fixture =>
    {
        await fixture.Cache.Loaded;
        await fixture.CreateAsync("a/x");
        await fixture.CreateAsync("a/y");
        var watcher = new Watcher(fixture.Cache, All with { ResourceVersion = "1" });
        await fixture.Loop.SettleAsync();
        Assert.Equal("+a/y@2", watcher.Text);
        await watcher.StopAsync();
    });

    [Fact]
    public void CacheThatLostItsHistory_EndsWatchersAndLoadsAgain() => CacheFixture.Run(async fixture =>
    {
        await fixture.CreateAsync("a/x");
        var watcher = new Watcher(fixture.Cache, All);
        await fixture.Loop.SettleAsync();
        fixture.Store.Faults.Down = true;
        fixture.Store.DropWatches();
        await Task.Delay(TimeSpan.FromSeconds(1), fixture.Loop.Time);
        fixture.Store.Faults.Down = false;
        var revision = await fixture.UpdateAsync("a/x", "1", 1);
        for (var i = 2; i < 10; i++)
        {
            revision = await fixture.UpdateAsync("a/x", $"{i}", revision);
        }

        await fixture.Store.CompactAsync(revision, default);
        await watcher.Ended;

        Assert.Equal(410, watcher.Failure!.Code);
        Assert.Equal($"{revision}: a/x@{revision}", await fixture.ListAsync(new CacheListRequest()));
    });

    [Fact]
    public void RestartedCache_TakesOldWatchersBack() => CacheFixture.Run(
        async fixture =>
        {
            for (var i = 0; i < 20; i++)
            {
                await fixture.CreateAsync($"a/{i:d2}");
            }

            fixture.Start();
            var watcher = new Watcher(fixture.Cache, All with { ResourceVersion = "17" });
            await fixture.Loop.SettleAsync();
            Assert.Equal("+a/17@18 +a/18@19 +a/19@20", watcher.Text);
            await watcher.StopAsync();
        },
        start: false);

    [Fact]
    public void StoppedCache_EndsItsWatches() => CacheFixture.Run(async fixture =>
    {
        await fixture.CreateAsync("a/x");
        var watcher = new Watcher(fixture.Cache, All);
        await fixture.Loop.SettleAsync();
        await fixture.StopAsync();
        await watcher.Ended;
        Assert.Equal(("+a/x@1", null), (watcher.Text, watcher.Failure));
    });

    [Fact]
    public void ThousandWatchers_SeeTheSameObjects() => CacheFixture.Run(async fixture =>
    {
        var watchers = Enumerable.Range(0, 1000).Select(_ => new Watcher(fixture.Cache, All)).ToList();
        for (var i = 0; i < 20; i++)
        {
            await fixture.CreateAsync($"a/{i:d2}");
        }

        await fixture.Loop.SettleAsync();
        Assert.All(watchers, watcher => Assert.Equal(20, watcher.Raw.Count));
        Assert.All(watchers, watcher => Assert.Same(watchers[0].Raw[7].Object, watcher.Raw[7].Object));
        foreach (var watcher in watchers)
        {
            await watcher.StopAsync();
        }
    });
}
