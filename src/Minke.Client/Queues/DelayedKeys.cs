namespace Minke.Client;

/// <summary>Keys that become due later, each at most once, on one timer. Calls <paramref name="due"/> without holding its own lock. Thread-safe.</summary>
internal sealed class DelayedKeys<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new(); // guards the fields below; taken after the lock of the queue, never before it
    private readonly TimeProvider _time;
    private readonly Action<TKey> _due;
    private readonly Dictionary<TKey, long> _dueAt;
    private readonly PriorityQueue<TKey, (long DueAt, long Sequence)> _order = new();
    private readonly ITimer _timer;
    private long _sequence;

    public DelayedKeys(TimeProvider time, IEqualityComparer<TKey>? comparer, Action<TKey> due)
    {
        _time = time;
        _due = due;
        _dueAt = new Dictionary<TKey, long>(comparer);
        _timer = time.CreateTimer(static state => ((DelayedKeys<TKey>)state!).ReleaseDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _dueAt.Count;
            }
        }
    }

    public bool Contains(TKey key)
    {
        lock (_lock)
        {
            return _dueAt.ContainsKey(key);
        }
    }

    public bool Add(TKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            var at = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
            if (_dueAt.TryGetValue(key, out var known) && known <= at)
            {
                return true;
            }

            _dueAt[key] = at;
            _order.Enqueue(key, (at, _sequence++));
            ArmUnsynchronized();
            return true;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _dueAt.Clear();
            _order.Clear();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void ReleaseDue()
    {
        foreach (var key in TakeDue())
        {
            _due(key);
        }
    }

    private List<TKey> TakeDue()
    {
        List<TKey> result = [];
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            while (_order.TryPeek(out var key, out var order) && order.DueAt <= now)
            {
                _order.Dequeue();

                // An entry whose time is not the key's newest one was superseded by an earlier one.
                if (_dueAt.TryGetValue(key, out var at) && at == order.DueAt)
                {
                    _dueAt.Remove(key);
                    result.Add(key);
                }
            }

            ArmUnsynchronized();
        }

        return result;
    }

    private void ArmUnsynchronized()
    {
        if (_order.TryPeek(out _, out var next))
        {
            // Rounded up to a millisecond, which is what timers resolve, so that the timer does not fire just before the key is due.
            var wait = _time.GetElapsedTime(_time.GetTimestamp(), next.DueAt);
            var milliseconds = Math.Ceiling(Math.Max(0, wait.TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }
    }
}
