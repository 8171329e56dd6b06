namespace Minke.Client;

/// <summary>Exponential delays: <paramref name="Base"/>, twice that, four times that, … but never more than <paramref name="Limit"/>.</summary>
public readonly record struct Backoff(TimeSpan Base, TimeSpan Limit)
{
    /// <summary>The delay after the failure number <paramref name="failures"/> (the first is 1).</summary>
    public TimeSpan Delay(int failures)
    {
        var doublings = Math.Clamp(failures - 1, 0, 62);
        var ticks = Base.Ticks * Math.Pow(2, doublings);
        return ticks >= Limit.Ticks ? Limit : new TimeSpan((long)ticks);
    }

    /// <summary>The delay made longer by up to <paramref name="fraction"/> of itself, so that clients that failed together do not come back together.</summary>
    /// <param name="random">A number in [0, 1).</param>
    public TimeSpan Jittered(int failures, double fraction, double random) => Delay(failures) * (1 + (fraction * random));
}
