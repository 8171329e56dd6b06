using Minke.Testing.Simulation;
using Minke.Testing.Stores;

namespace Minke.Store.Tests.Memory;

public sealed class FaultTests
{
    [Fact]
    public void LostWrite_NeverHappened() => Run(async store =>
    {
        store.Faults.Plan(WriteFault.Lost);
        Assert.True(await FailsAsync(store.WriteAsync(StoreWrite.Create("/a", default), default)));
        Assert.Equal(0, await store.GetRevisionAsync(default));
        Assert.Equal(1, (await store.WriteAsync(StoreWrite.Create("/a", default), default)).Revision);
    });

    [Fact]
    public void LostAnswer_HidesAWriteThatHappened() => Run(async store =>
    {
        store.Faults.Plan(WriteFault.None, WriteFault.AnswerLost);
        await store.WriteAsync(StoreWrite.Create("/a", default), default);
        Assert.True(await FailsAsync(store.WriteAsync(StoreWrite.Create("/b", default), default)));
        Assert.Equal(new WriteResult(WriteOutcome.Exists, 2), await store.WriteAsync(StoreWrite.Create("/b", default), default));
    });

    [Fact]
    public void StoreThatIsDown_AnswersNothingUntilItIsUp() => Run(async store =>
    {
        store.Faults.Down = true;
        Assert.True(await FailsAsync(store.WriteAsync(StoreWrite.Create("/a", default), default)));
        Assert.True(await FailsAsync(store.GetRevisionAsync(default)));
        Assert.True(await FailsAsync(store.ListAsync(new ListQuery("/", 0, 0, null), default)));
        store.Faults.Down = false;
        Assert.Equal(0, await store.GetRevisionAsync(default));
    });

    [Fact]
    public void DroppedWatch_FailsAndCanBeOpenedAgain() => Run(async store =>
    {
        await store.WriteAsync(StoreWrite.Create("/a", default), default);
        await using var watch = store.WatchAsync("/", 1, default).GetAsyncEnumerator();
        var next = watch.MoveNextAsync();
        Assert.Equal(1, store.OpenWatches);

        store.DropWatches();

        Assert.True(await FailsAsync(next));
        Assert.Equal(0, store.OpenWatches);
        await using var again = store.WatchAsync("/", 0, default).GetAsyncEnumerator();
        Assert.True(await again.MoveNextAsync());
        Assert.Equal("/a", again.Current.Events.Single().Entry.Key);
    });

    [Fact]
    public void Delays_TakeVirtualTimeAndNoMoreThanTheirLimit() => SimLoop.Run(5, async loop =>
    {
        var store = new MemoryStore(loop.Time, new StoreFaults(loop.Random)) { Faults = { MaxDelay = TimeSpan.FromSeconds(2) } };
        for (var i = 1; i <= 20; i++)
        {
            await store.WriteAsync(StoreWrite.Create($"/{i}", default), default);
            Assert.InRange(loop.Time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2) * i);
        }

        Assert.NotEqual(TimeSpan.Zero, loop.Time.Elapsed);
    });

    [Fact]
    public void ChangedBuffer_DoesNotChangeWhatWasWritten() => Run(async store =>
    {
        byte[] value = [1];
        await store.WriteAsync(StoreWrite.Create("/a", value), default);
        value[0] = 2;
        Assert.Equal([1], (await store.GetAsync("/a", 0, default))!.Value.ToArray());
    });

    [Fact]
    public void OneSeed_GivesOneCourseOfEvents() => Assert.Equal(Course(42), Course(42));

    [Fact]
    public void AnotherSeed_GivesAnotherCourseOfEvents() => Assert.NotEqual(Course(42), Course(43));

    private static string Course(int seed)
    {
        var course = new List<string>();
        SimLoop.Run(seed, async loop =>
        {
            var store = new MemoryStore(loop.Time, new StoreFaults(loop.Random))
            {
                Faults = { LostWriteRate = 0.2, LostAnswerRate = 0.2, MaxDelay = TimeSpan.FromMilliseconds(50) },
            };
            await Task.WhenAll(Enumerable.Range(0, 5).Select(async writer =>
            {
                for (var i = 0; i < 10; i++)
                {
                    var failed = await FailsAsync(store.WriteAsync(StoreWrite.Create($"/{writer}/{i}", default), default));
                    course.Add($"{loop.Time.Elapsed} {writer} {i} {failed}");
                }
            }));
        });
        return string.Join('\n', course);
    }

    private static void Run(Func<MemoryStore, Task> test) => SimLoop.Run(1, loop => test(new MemoryStore(loop.Time, new StoreFaults(loop.Random))));

    // Assertions on exceptions leave the simulation's thread; this does not.
    private static async Task<bool> FailsAsync<T>(ValueTask<T> answer)
    {
        try
        {
            await answer;
            return false;
        }
        catch (StoreUnavailableException)
        {
            return true;
        }
    }
}
