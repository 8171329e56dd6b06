namespace Minke.ApiServer.Resources;

/// <summary>The present time in the precision that objects store it.</summary>
internal static class Clock
{
    /// <summary>Whole seconds, as metav1.Time has them.</summary>
    public static DateTimeOffset Seconds(TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}
