using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Client.Tests.Simulation;

public sealed class SimLoopTests
{
    [Fact]
    public void OneSeed_IsAlwaysTheSameInterleaving() => Assert.Equal(Interleaving(7), Interleaving(7));

    [Fact]
    public void DifferentSeeds_GiveDifferentInterleavings() =>
        Assert.True(Enumerable.Range(0, 20).Select(Interleaving).Distinct().Count() > 5);

    [Fact]
    public void Delays_TakeNoRealTime()
    {
        SimLoop.Run(1, async loop =>
        {
            await Task.Delay(TimeSpan.FromDays(30), loop.Time, TestContext.Current.CancellationToken);
            Assert.Equal(TimeSpan.FromDays(30), loop.Time.Elapsed);
        });
    }

    [Fact]
    public void NothingCanRunAnyMore_FailsAsDeadlock()
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var failure = Assert.Throws<SimulationException>(() => SimLoop.Run(42, _ => never.Task));

        Assert.Contains("MINKE_SEED=42", failure.Message, StringComparison.Ordinal);
        Assert.Contains("deadlock", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spinning_FailsAfterTheStepLimit()
    {
        var failure = Assert.Throws<SimulationException>(() => SimLoop.Run(1, SpinAsync, maxSteps: 1000));

        Assert.Contains("spins", failure.Message, StringComparison.Ordinal);

        static async Task SpinAsync(SimLoop loop)
        {
            while (loop.Steps >= 0)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public void LeavingTheThread_FailsTheRun()
    {
        var failure = Assert.Throws<SimulationException>(() => SimLoop.Run(1, async loop =>
        {
            var escaped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var thread = new Thread(escaped.SetResult);
            var wait = WaitFor(escaped.Task);
            thread.Start();
            thread.Join();
            await loop.SettleAsync();
            await wait;
        }));

        Assert.Contains("thread", failure.Message, StringComparison.Ordinal);

        static async Task WaitFor(Task task) => await task;
    }

    [Fact]
    public void FailedTaskThatNobodyAwaits_FailsTheRun()
    {
        var failure = Assert.Throws<SimulationException>(() => SimLoop.Run(1, async loop =>
        {
            Abandon();
            await loop.SettleAsync();
        }));

        Assert.Contains("nobody looked", failure.InnerException!.Message, StringComparison.Ordinal);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Abandon() => _ = FailAsync();

        static async Task FailAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("abandoned");
        }
    }

    [Fact]
    public void UntilAsync_SeesTheConditionAfterTimeMoved()
    {
        SimLoop.Run(1, async loop =>
        {
            var done = false;
            using var timer = loop.Time.CreateTimer(_ => done = true, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

            await loop.UntilAsync(() => done, () => "the timer", TimeSpan.FromSeconds(20));

            Assert.Equal(TimeSpan.FromSeconds(10), loop.Time.Elapsed);
        });
    }

    [Fact]
    public void UntilAsync_NotInTime_SaysWhatWasSeen()
    {
        SimLoop.Run(1, async loop =>
        {
            var failure = await Assert.ThrowsAsync<TimeoutException>(() => loop.UntilAsync(() => false, () => "3 pods, saw 2", TimeSpan.FromSeconds(20)));
            Assert.Contains("3 pods, saw 2", failure.Message, StringComparison.Ordinal);
        });
    }

    private static string Interleaving(int seed)
    {
        List<int> order = [];
        SimLoop.Run(seed, _ => Task.WhenAll(Enumerable.Range(0, 4).Select(WorkAsync)));
        return string.Join(',', order);

        async Task WorkAsync(int worker)
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                order.Add(worker);
            }
        }
    }
}
