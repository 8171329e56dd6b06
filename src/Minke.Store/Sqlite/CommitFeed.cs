namespace Minke.Store.Sqlite;

/// <summary>
/// The newest events, in a ring indexed by revision, and the signal that there are new ones. The committer writes; any number of watches read,
/// each with nothing but its own cursor, so that a slow watch costs the committer nothing.
/// </summary>
internal sealed class CommitFeed(int capacity, int maxBytes)
{
    private readonly Lock _lock = new(); // guards everything below
    private readonly StoreEvent[] _ring = new StoreEvent[capacity];
    private TaskCompletionSource? _signal;
    private long _revision;
    private long _floor; // events after this revision are in the ring
    private long _bytes;
    private bool _closed;

    /// <summary>The newest acknowledged revision.</summary>
    public long Revision
    {
        get
        {
            lock (_lock)
            {
                return _revision;
            }
        }
    }

    /// <summary>Starts over at a revision, with an empty ring: watches read the log up to it.</summary>
    public void Reset(long revision)
    {
        lock (_lock)
        {
            Array.Clear(_ring);
            (_revision, _floor, _bytes) = (revision, revision, 0);
            Wake();
        }
    }

    /// <summary>Adds committed events, whose revisions follow the newest one.</summary>
    public void Publish(List<StoreEvent> events)
    {
        lock (_lock)
        {
            foreach (var committed in events)
            {
                _revision = committed.Entry.Revision;
                if (_revision - _floor > capacity)
                {
                    DropOldest();
                }

                _ring[_revision % capacity] = committed;
                _bytes += committed.Entry.Value.Length;
            }

            while (_bytes > maxBytes && _floor < _revision)
            {
                DropOldest();
            }

            Wake();
        }
    }

    /// <summary>The next events under a prefix after a revision; with none the batch tells progress.</summary>
    /// <returns>False when the ring no longer reaches back to the revision.</returns>
    public bool TryRead(string prefix, long after, int limit, out StoreBatch batch)
    {
        List<StoreEvent>? events = null;
        lock (_lock)
        {
            if (after < _floor)
            {
                batch = default;
                return false;
            }

            var revision = after;
            while (revision < _revision && (events?.Count ?? 0) < limit)
            {
                revision++;
                ref var candidate = ref _ring[revision % capacity];
                if (candidate.Entry.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    (events ??= []).Add(candidate);
                }
            }

            batch = new StoreBatch(revision, events ?? (IReadOnlyList<StoreEvent>)[]);
            return true;
        }
    }

    /// <summary>Completes when there is something after a revision.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_revision > after)
            {
                return Task.CompletedTask;
            }

            if (_closed)
            {
                throw new StoreUnavailableException("the store is closed");
            }

            _signal ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _signal.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends every watch that has seen everything.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Wake();
        }
    }

    private void Wake()
    {
        _signal?.SetResult();
        _signal = null;
    }

    private void DropOldest()
    {
        _floor++;
        ref var oldest = ref _ring[_floor % capacity];
        _bytes -= oldest.Entry.Value.Length;
        oldest = default;
    }
}
