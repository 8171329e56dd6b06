namespace Minke.Testing.Stores;

/// <summary>What happens to a write that is made to fail.</summary>
public enum WriteFault
{
    None,
    /// <summary>The write never happens.</summary>
    Lost,
    /// <summary>The write happens, but its writer is told that the store is unavailable.</summary>
    AnswerLost,
}

/// <summary>
/// What goes wrong in a <see cref="MemoryStore"/>. Rates are probabilities per operation, drawn from the random source given, so that a seed
/// gives the same faults; switches act at once. Everything is off at first.
/// </summary>
public sealed class StoreFaults(Random random)
{
    private readonly Lock _lock = new(); // guards the random source and the planned faults
    private readonly Queue<WriteFault> _planned = new();

    public double LostWriteRate { get; set; }

    public double LostAnswerRate { get; set; }

    public double FailedReadRate { get; set; }

    /// <summary>Per batch that a watch would deliver: the watch is lost instead.</summary>
    public double DroppedWatchRate { get; set; }

    /// <summary>Every operation takes a random time up to this one, half of it before and half after it takes effect.</summary>
    public TimeSpan MaxDelay { get; set; }

    /// <summary>Nothing answers: reads, writes and watches fail.</summary>
    public bool Down { get; set; }

    /// <summary>The next writes meet these faults, in this order, before any rate is looked at.</summary>
    public void Plan(params ReadOnlySpan<WriteFault> faults)
    {
        lock (_lock)
        {
            foreach (var fault in faults)
            {
                _planned.Enqueue(fault);
            }
        }
    }

    internal WriteFault NextWrite()
    {
        lock (_lock)
        {
            if (Down)
            {
                return WriteFault.Lost;
            }

            if (_planned.TryDequeue(out var planned))
            {
                return planned;
            }

            var draw = LostWriteRate + LostAnswerRate > 0 ? random.NextDouble() : 1;
            return draw < LostWriteRate ? WriteFault.Lost : draw < LostWriteRate + LostAnswerRate ? WriteFault.AnswerLost : WriteFault.None;
        }
    }

    internal bool NextReadFails() => Down || Draw(FailedReadRate);

    internal bool NextBatchDrops() => Down || Draw(DroppedWatchRate);

    internal TimeSpan NextDelay()
    {
        lock (_lock)
        {
            return MaxDelay == TimeSpan.Zero ? TimeSpan.Zero : MaxDelay * random.NextDouble() / 2;
        }
    }

    private bool Draw(double rate)
    {
        lock (_lock)
        {
            return rate > 0 && random.NextDouble() < rate;
        }
    }
}
