using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Client.Tests.Simulation;

public sealed class SimTimeTests
{
    [Fact]
    public void TimersDueTogether_FireInTheOrderTheyWereArmed()
    {
        var time = new SimTime();
        List<string> fired = [];
        using var late = Timer(time, 2, () => fired.Add("late"));
        using var first = Timer(time, 1, () => fired.Add("first"));
        using var second = Timer(time, 1, () => fired.Add("second"));

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["first", "second", "late"], fired);
    }

    [Fact]
    public void FireNext_MovesTimeToTheTimer()
    {
        var time = new SimTime();
        using var timer = Timer(time, 5, () => { });
        var before = time.GetTimestamp();

        Assert.True(time.FireNext());

        Assert.Equal(TimeSpan.FromSeconds(5), time.GetElapsedTime(before));
        Assert.False(time.FireNext());
    }

    [Fact]
    public void ChangedTimer_FiresOnlyAtItsNewTime()
    {
        var time = new SimTime();
        var fired = 0;
        using var timer = Timer(time, 1, () => fired++);
        timer.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, fired);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void DisposedTimer_DoesNotFire()
    {
        var time = new SimTime();
        var fired = 0;
        Timer(time, 1, () => fired++).Dispose();

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, fired);
        Assert.Null(time.NextDue);
    }

    [Fact]
    public void PeriodicTimer_FiresEachPeriod()
    {
        var time = new SimTime();
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(4, fired);
    }

    private static ITimer Timer(SimTime time, int seconds, Action action) =>
        time.CreateTimer(_ => action(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
