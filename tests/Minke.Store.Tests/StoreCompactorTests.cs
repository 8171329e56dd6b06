using Minke.Testing.Simulation;
using Minke.Testing.Stores;

namespace Minke.Store.Tests;

public sealed class StoreCompactorTests
{
    private static readonly CompactionOptions Options = new() { KeepFor = TimeSpan.FromMinutes(5), KeepRevisions = 10, Interval = TimeSpan.FromMinutes(1) };

    [Fact]
    public void OldRevisions_AreForgottenAndYoungOnesKept() => SimLoop.Run(1, async loop =>
    {
        var store = new MemoryStore(loop.Time, new StoreFaults(loop.Random));
        using var stop = new CancellationTokenSource();
        await WriteAsync(store, 0, 100);
        var running = new StoreCompactor(store, Options, loop.Time).RunAsync(Unexpected, stop.Token);
        await Task.Delay(TimeSpan.FromMinutes(4.5), loop.Time);
        await WriteAsync(store, 100, 200);
        await store.GetAsync("/k/0", 1, CancellationToken.None);

        await Task.Delay(TimeSpan.FromMinutes(1), loop.Time);

        var error = await Assert.ThrowsAsync<CompactedException>(async () => await store.GetAsync("/k/0", 99, CancellationToken.None));
        Assert.Equal(100, error.CompactedRevision);
        await StopAsync(stop, running);
    });

    [Fact]
    public void FewRevisions_AreKeptHoweverOld() => SimLoop.Run(1, async loop =>
    {
        var store = new MemoryStore(loop.Time, new StoreFaults(loop.Random));
        using var stop = new CancellationTokenSource();
        await WriteAsync(store, 0, 30);
        var running = new StoreCompactor(store, Options, loop.Time).RunAsync(Unexpected, stop.Token);

        await Task.Delay(TimeSpan.FromHours(1), loop.Time);

        Assert.NotNull(await store.GetAsync("/k/0", 20, CancellationToken.None));
        await Assert.ThrowsAsync<CompactedException>(async () => await store.GetAsync("/k/0", 19, CancellationToken.None));
        await StopAsync(stop, running);
    });

    [Fact]
    public void StoreThatDoesNotAnswer_IsAskedAgain() => SimLoop.Run(1, async loop =>
    {
        var store = new MemoryStore(loop.Time, new StoreFaults(loop.Random));
        using var stop = new CancellationTokenSource();
        await WriteAsync(store, 0, 30);
        var failures = 0;
        store.Faults.Down = true;
        var running = new StoreCompactor(store, Options, loop.Time).RunAsync(_ => failures++, stop.Token);
        await Task.Delay(TimeSpan.FromMinutes(2.5), loop.Time);
        store.Faults.Down = false;

        await Task.Delay(TimeSpan.FromMinutes(10), loop.Time);

        Assert.Equal(3, failures);
        await Assert.ThrowsAsync<CompactedException>(async () => await store.GetAsync("/k/0", 19, CancellationToken.None));
        await StopAsync(stop, running);
    });

    private static void Unexpected(StoreUnavailableException error) => Assert.Fail(error.Message);

    private static async Task WriteAsync(MemoryStore store, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await store.WriteAsync(StoreWrite.Create($"/k/{i}", default), CancellationToken.None);
        }
    }

    private static async Task StopAsync(CancellationTokenSource stop, Task running)
    {
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
