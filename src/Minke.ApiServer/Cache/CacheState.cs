
namespace Minke.ApiServer.Cache;

/// <summary>
/// What a cache knows now: the newest snapshot, the recent changes, and who waits for more. The feed writes; everybody else reads. Nothing here
/// waits or calls out while the lock is held.
/// </summary>
internal sealed class CacheState(ResourceCacheOptions options, TimeProvider time)
{
    private readonly Lock _lock = new(); // guards everything below
    private readonly ChangeRing _ring = new(options.RecentChanges, options.RecentBytes);
    private readonly List<RevisionWaiter> _waiters = [];
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<WatchSignal> _parked = [];
    private CacheSnapshot _snapshot = CacheSnapshot.Empty;
    private long _readyAt = long.MaxValue; // below it the snapshot is not yet what the store was when the cache began
    private long _bookmarkRound;
    private bool _closed;

    public bool Ready => HasReached(0);

    /// <summary>Completes when the state is ready for the first time; cancelled when it is closed before.</summary>
    // Not the source's own task: combined with others that would complete on the thread pool instead of the caller's context.
    public async Task WaitLoadedAsync() => await _loaded.Task;

    /// <summary>The newest state, complete or not; see <see cref="WaitAsync"/>.</summary>
    public CacheSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Begins anew with a state; every watcher is lost.</summary>
    /// <param name="readyAt">Reads wait until this revision is reached.</param>
    public void Reset(CacheSnapshot snapshot, long readyAt)
    {
        List<WatchSignal> woken;
        lock (_lock)
        {
            Volatile.Write(ref _readyAt, readyAt);
            Volatile.Write(ref _snapshot, snapshot);
            _ring.Reset(snapshot.Revision);
            (woken, _parked) = (_parked, []);
            WakeWaiters();
        }

        WakeAll(woken);
    }

    /// <summary>Goes on to the next state.</summary>
    public void Advance(CacheSnapshot snapshot, List<CacheChange> changes)
    {
        List<WatchSignal>? woken = null;
        lock (_lock)
        {
            foreach (var change in changes)
            {
                _ring.Add(change);
            }

            Volatile.Write(ref _snapshot, snapshot);
            if (changes.Count > 0)
            {
                woken = TakeConcerned(changes);
            }

            WakeWaiters();
        }

        WakeAll(woken ?? []);
    }

    /// <summary>Time for bookmarks: the watchers that want one each send it as soon as they have sent everything else.</summary>
    public void BeginBookmarks()
    {
        List<WatchSignal> woken;
        lock (_lock)
        {
            _bookmarkRound++;
            woken = _parked.FindAll(static signal => signal.Bookmarks);
            _parked.RemoveAll(static signal => signal.Bookmarks);
        }

        WakeAll(woken);
    }

    /// <summary>Ends every watch.</summary>
    public void Close()
    {
        List<WatchSignal> woken;
        lock (_lock)
        {
            _closed = true;
            _loaded.TrySetCanceled();
            (woken, _parked) = (_parked, []);
        }

        WakeAll(woken);
    }

    /// <summary>Completes when the snapshot is at least as new as a revision.</summary>
    /// <returns>False when that took too long.</returns>
    public ValueTask<bool> WaitAsync(long revision, CancellationToken cancellationToken) =>
        HasReached(revision) ? new ValueTask<bool>(true) : new ValueTask<bool>(WaitSlowlyAsync(revision, cancellationToken));

    /// <summary>A place for a watcher that begins with the state, and that state.</summary>
    public CacheSnapshot Enter(WatchSignal signal)
    {
        lock (_lock)
        {
            signal.Place = _ring.Next;
            return _snapshot;
        }
    }

    /// <summary>A place for a watcher that begins after a revision.</summary>
    /// <returns>False when changes after it are no longer here.</returns>
    public bool TryEnterAfter(WatchSignal signal, long revision)
    {
        lock (_lock)
        {
            signal.Place = revision < _ring.FloorRevision ? 0 : _ring.FirstAfter(revision);
            return revision >= _ring.FloorRevision;
        }
    }

    /// <summary>Moves a watcher on by at most <paramref name="limit"/> changes.</summary>
    public WatchRead Read(WatchSignal signal, List<CacheChange> changes, int limit)
    {
        lock (_lock)
        {
            if (signal.Place < _ring.Oldest)
            {
                return new WatchRead(WatchReadState.Lost, _ring.FloorRevision, _bookmarkRound);
            }

            for (; signal.Place < _ring.Next && changes.Count < limit; signal.Place++)
            {
                changes.Add(_ring[signal.Place]);
            }

            var state = signal.Place < _ring.Next ? WatchReadState.More : _closed ? WatchReadState.Closed : WatchReadState.CaughtUp;
            return new WatchRead(state, _snapshot.Revision, _bookmarkRound);
        }
    }

    /// <summary>Lets a watcher that has seen everything wait. False when there is something new already.</summary>
    public bool TryPark(WatchSignal signal, long bookmarkRound)
    {
        lock (_lock)
        {
            if (_closed || signal.Place != _ring.Next || (signal.Bookmarks && bookmarkRound != _bookmarkRound))
            {
                return false;
            }

            signal.Arm();
            _parked.Add(signal);
            return true;
        }
    }

    /// <summary>Forgets a watcher that no longer waits.</summary>
    public void Leave(WatchSignal signal)
    {
        lock (_lock)
        {
            _parked.Remove(signal);
        }
    }

    private bool HasReached(long revision) => Snapshot.Revision >= Math.Max(revision, Volatile.Read(ref _readyAt));

    // Leaves the others waiting and moves them past the changes.
    private List<WatchSignal> TakeConcerned(List<CacheChange> changes)
    {
        var woken = new List<WatchSignal>();
        var kept = 0;
        for (var i = 0; i < _parked.Count; i++)
        {
            var signal = _parked[i];
            if (Concerns(changes, signal.Scope))
            {
                woken.Add(signal);
            }
            else
            {
                signal.Place = _ring.Next;
                _parked[kept++] = signal;
            }
        }

        _parked.RemoveRange(kept, _parked.Count - kept);
        return woken;
    }

    private static bool Concerns(List<CacheChange> changes, CacheScope scope)
    {
        foreach (var change in changes)
        {
            if (change.IsIn(scope))
            {
                return true;
            }
        }

        return false;
    }

    private static void WakeAll(List<WatchSignal> signals)
    {
        foreach (var signal in signals)
        {
            signal.Wake();
        }
    }

    private async Task<bool> WaitSlowlyAsync(long revision, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new RevisionWaiter(revision);
        lock (_lock)
        {
            if (HasReached(revision))
            {
                return true;
            }

            _waiters.Add(waiter);
        }

        try
        {
            using var timeout = time.CreateTimer(
                static state => ((RevisionWaiter)state!).Reached.TrySetResult(false), waiter, options.WaitTimeout, Timeout.InfiniteTimeSpan);
            using var registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((RevisionWaiter)state!).Reached.TrySetCanceled(token), waiter);
            return await waiter.Reached.Task;
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    private void WakeWaiters()
    {
        if (HasReached(0))
        {
            _loaded.TrySetResult();
        }

        foreach (var waiter in _waiters)
        {
            if (HasReached(waiter.Revision))
            {
                waiter.Reached.TrySetResult(true);
            }
        }
    }

    private sealed record RevisionWaiter(long Revision)
    {
        public TaskCompletionSource<bool> Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

internal enum WatchReadState
{
    /// <summary>There is more to read.</summary>
    More,
    /// <summary>Everything was read.</summary>
    CaughtUp,
    /// <summary>Everything was read and nothing will follow.</summary>
    Closed,
    /// <summary>The watcher's place has fallen off the ring.</summary>
    Lost,
}

/// <param name="Revision">When caught up: everything up to it was read. When lost: changes up to it are gone.</param>
internal readonly record struct WatchRead(WatchReadState State, long Revision, long BookmarkRound);
