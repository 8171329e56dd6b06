namespace Minke.EndToEnd;

/// <summary>Waits for a state of the outside world, which cannot be subscribed to, and prints what it saw when the state never came.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> wanted, string what, int seconds = 60)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (true)
        {
            var seen = await read();
            if (wanted(seen))
            {
                return seen;
            }

            if (time.GetElapsedTime(start) > TimeSpan.FromSeconds(seconds))
            {
                Assert.Fail($"after {seconds} s not yet: {what}\nlast seen: {seen}");
            }

            await Task.Delay(Interval, time, TestContext.Current.CancellationToken);
        }
    }
}
