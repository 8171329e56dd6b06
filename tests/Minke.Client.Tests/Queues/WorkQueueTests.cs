using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Client.Tests.Queues;

public sealed class WorkQueueTests : IDisposable
{
    private readonly SimTime _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(new WorkQueueOptions { Capacity = 3 }, _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task KeyAddedTwice_IsHandedOutOnce()
    {
        _queue.Add("a");
        _queue.Add("a");

        Assert.Equal("a", (await _queue.TakeAsync(Token)).Key);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task KeyAddedWhileInWork_IsHandedOutAgainOnlyAfterDone()
    {
        _queue.Add("a");
        await _queue.TakeAsync(Token);
        _queue.Add("a");
        var again = _queue.TakeAsync(Token);
        Assert.False(again.IsCompleted);

        _queue.Done("a");

        Assert.Equal("a", (await again).Key);
    }

    [Fact]
    public async Task WaitingTakers_GetKeysInTheOrderTheyCame()
    {
        var first = _queue.TakeAsync(Token);
        var second = _queue.TakeAsync(Token);
        _queue.Add("a");
        _queue.Add("b");

        Assert.Equal("a", (await first).Key);
        Assert.Equal("b", (await second).Key);
    }

    [Fact]
    public async Task CancelledTaker_LosesNoKey()
    {
        using var cancel = new CancellationTokenSource();
        var cancelled = _queue.TakeAsync(cancel.Token);
        await cancel.CancelAsync();
        _queue.Add("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal("a", (await _queue.TakeAsync(Token)).Key);
    }

    [Fact]
    public void KeyAddedAfterADelay_WaitsForIt()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void TwoDelaysOfOneKey_TheEarlierHolds()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(50));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.AddAfter("a", TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task EarlierDelayHandedOut_TheLaterOneIsVoid()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(50));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(6));
        _queue.Done((await _queue.TakeAsync(Token)).Key);

        _time.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task Failures_DoubleTheDelayUntilForgotten()
    {
        Assert.Equal([5, 10, 20, 40], await DelaysOfFailures(4));

        _queue.Forget("a");

        Assert.Equal([5, 10], await DelaysOfFailures(2));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 40)]
    [InlineData(1000, 60_000)]
    public void Backoff_GrowsToItsLimit(int failures, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new WorkQueueOptions().Retry.Delay(failures));

    [Fact]
    public void FullQueue_RefusesNewKeysAndSaysSo()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.AddAfter("c", TimeSpan.FromSeconds(1));

        Assert.False(_queue.Add("d"));
        Assert.True(_queue.Add("a"));
        Assert.True(_queue.Overflowed);
    }

    [Fact]
    public async Task Overflow_IsTakenOnceThereIsRoom()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("c");
        _queue.Add("d");
        Assert.False(_queue.TakeOverflow());

        for (var i = 0; i < 3; i++)
        {
            _queue.Done((await _queue.TakeAsync(Token)).Key);
        }

        Assert.True(_queue.TakeOverflow());
        Assert.False(_queue.TakeOverflow());
    }

    [Fact]
    public async Task ShutDown_HandsOutWhatWaitsThenEnds()
    {
        _queue.Add("a");
        _queue.ShutDown();

        Assert.False(_queue.Add("b"));
        Assert.True((await _queue.TakeAsync(Token)).HasKey);
        Assert.False((await _queue.TakeAsync(Token)).HasKey);
    }

    [Fact]
    public async Task ShutDown_ReleasesWaitingTakers()
    {
        var taker = _queue.TakeAsync(Token);
        _queue.ShutDown();

        Assert.False((await taker).HasKey);
    }

    [Fact]
    public async Task ShutDownWithDrain_WaitsForTheKeyInWork()
    {
        _queue.Add("a");
        await _queue.TakeAsync(Token);
        var drained = _queue.ShutDownWithDrainAsync();
        Assert.False(drained.IsCompleted);

        _queue.Done("a");

        await drained;
    }

    private async Task<List<int>> DelaysOfFailures(int count)
    {
        List<int> delays = [];
        for (var i = 0; i < count; i++)
        {
            _queue.AddRateLimited("a");
            var start = _time.Elapsed;
            while (_queue.Count == 0)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
            }

            delays.Add((int)(_time.Elapsed - start).TotalMilliseconds);
            _queue.Done((await _queue.TakeAsync(Token)).Key);
        }

        return delays;
    }
}
