namespace Minke.Testing.Simulation;

/// <summary>
/// Virtual time: it stands still until <see cref="FireNext"/> moves it to the next timer. Timers that are due at the same moment fire in the
/// order in which they were armed. The timestamp frequency is deliberately unlike that of <see cref="TimeSpan"/>, so that code which mixes
/// timestamps and ticks fails here and not in production. Used from one thread.
/// </summary>
public sealed class SimTime(DateTimeOffset start) : TimeProvider
{
    private const int TimestampsPerTick = 7;

    private readonly PriorityQueue<(SimTimer Timer, int Version), (long DueTicks, long Sequence)> _timers = new();
    private long _elapsedTicks;
    private long _sequence;

    public SimTime()
        : this(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * TimestampsPerTick;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How far this clock was moved since it was made.</summary>
    public TimeSpan Elapsed => new(_elapsedTicks);

    /// <summary>When the next armed timer is due, as <see cref="Elapsed"/>; null when none is armed.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            DropStale();
            return _timers.TryPeek(out _, out var key) ? new TimeSpan(key.DueTicks) : null;
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => _elapsedTicks * TimestampsPerTick;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time to the next due timer and fires that one. False when no timer is armed.</summary>
    public bool FireNext()
    {
        DropStale();
        if (!_timers.TryDequeue(out var entry, out var key))
        {
            return false;
        }

        _elapsedTicks = Math.Max(_elapsedTicks, key.DueTicks);
        entry.Timer.Fire();
        return true;
    }

    /// <summary>Moves time by <paramref name="duration"/> and fires everything that becomes due on the way.</summary>
    public void Advance(TimeSpan duration)
    {
        var until = _elapsedTicks + duration.Ticks;
        while (NextDue is { } due && due.Ticks <= until)
        {
            FireNext();
        }

        _elapsedTicks = until;
    }

    private void DropStale()
    {
        while (_timers.TryPeek(out var entry, out _) && entry.Timer.Version != entry.Version)
        {
            _timers.Dequeue();
        }
    }

    private void Arm(SimTimer timer, long dueTicks) => _timers.Enqueue((timer, timer.Version), (dueTicks, _sequence++));

    private sealed class SimTimer(SimTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _periodTicks;
        private bool _disposed;

        /// <summary>Queue entries of an older version are void: the timer was changed, or disposed.</summary>
        public int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
            {
                return false;
            }

            Version++;
            _periodTicks = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
                time.Arm(this, time._elapsedTicks + dueTime.Ticks);
            }

            return true;
        }

        public void Fire()
        {
            if (_periodTicks > 0)
            {
                time.Arm(this, time._elapsedTicks + _periodTicks);
            }

            callback(state);
        }

        public void Dispose()
        {
            _disposed = true;
            Version++;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
