namespace Minke.Client;

/// <summary>What bounds a <see cref="WorkQueue{TKey}"/>.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>Between the failures of one key.</summary>
    public Backoff Retry { get; init; } = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(60));

    /// <summary>How many different keys may wait, be delayed or be in work. Beyond it keys are refused and <see cref="WorkQueue{TKey}.Overflowed"/> is set.</summary>
    public int Capacity { get; init; } = 1_000_000;
}

/// <summary>
/// The keys that a reconciler has to look at. A key waits at most once however often it is added; a key that is added while it is being worked on is
/// handed out again afterwards and never to two workers at a time. Failed keys come back after a delay that grows with each failure in a row.
/// The semantics are those of client-go's <c>workqueue</c>. Thread-safe.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new(); // guards every field below
    private readonly WorkQueueOptions _options;
    private readonly Queue<TKey> _ready = new();
    private readonly HashSet<TKey> _dirty;
    private readonly HashSet<TKey> _inWork;
    private readonly Dictionary<TKey, int> _failures;
    private readonly LinkedList<TaskCompletionSource<Taken<TKey>>> _takers = new();
    private readonly DelayedKeys<TKey> _delayed;
    private readonly List<TaskCompletionSource> _drainWaits = [];
    private bool _shuttingDown;

    public WorkQueue(WorkQueueOptions options, TimeProvider time, IEqualityComparer<TKey>? comparer = null)
    {
        _options = options;
        _dirty = new HashSet<TKey>(comparer);
        _inWork = new HashSet<TKey>(comparer);
        _failures = new Dictionary<TKey, int>(comparer);
        _delayed = new DelayedKeys<TKey>(time, comparer, AddDue);
    }

    /// <summary>Keys that wait to be taken; delayed ones and those in work do not count.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ready.Count;
            }
        }
    }

    /// <summary>Keys were refused since the last <see cref="TakeOverflow"/>. The owner lists everything again once there is room.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Adds a key, unless it waits already. False when the queue is full or shutting down.</summary>
    public bool Add(TKey key)
    {
        lock (_lock)
        {
            return AddUnsynchronized(key);
        }
    }

    /// <summary>Adds a key after a delay. Of several delays of one key the one that ends first holds.</summary>
    public bool AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            return Add(key);
        }

        lock (_lock)
        {
            return HasRoomUnsynchronized(key) && _delayed.Add(key, delay);
        }
    }

    /// <summary>Adds a key after the delay that its number of failures in a row earns, and counts one failure more.</summary>
    public bool AddRateLimited(TKey key)
    {
        int failures;
        lock (_lock)
        {
            failures = _failures.GetValueOrDefault(key) + 1;
            _failures[key] = failures;
        }

        return AddAfter(key, _options.Retry.Delay(failures));
    }

    /// <summary>The key succeeded: its failures are forgotten.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _failures.Remove(key);
        }
    }

    /// <summary>How many failures in a row the key has had.</summary>
    public int FailuresOf(TKey key)
    {
        lock (_lock)
        {
            return _failures.GetValueOrDefault(key);
        }
    }

    /// <summary>Waits for a key. The taker must call <see cref="Done"/> with it. Not <see cref="Taken{TKey}.HasKey"/> means that the queue was shut down and is empty.</summary>
    public Task<Taken<TKey>> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<Taken<TKey>>(cancellationToken);
            }

            if (_ready.Count > 0)
            {
                return Task.FromResult(HandOutUnsynchronized());
            }

            if (_shuttingDown)
            {
                return Task.FromResult(default(Taken<TKey>));
            }

            var taker = new TaskCompletionSource<Taken<TKey>>(TaskCreationOptions.RunContinuationsAsynchronously);
            var node = _takers.AddLast(taker);
            return cancellationToken.CanBeCanceled ? WaitAsync(node, cancellationToken) : taker.Task;
        }
    }

    /// <summary>The work on a taken key ended. If the key was added meanwhile, it waits again.</summary>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            _inWork.Remove(key);
            if (_dirty.Contains(key))
            {
                MakeReadyUnsynchronized(key);
            }

            CompleteDrainUnsynchronized();
        }
    }

    /// <summary>Clears <see cref="Overflowed"/> and tells what it was, if at least half of the room is free again.</summary>
    public bool TakeOverflow()
    {
        lock (_lock)
        {
            if (!Overflowed || _dirty.Count + _inWork.Count + _delayed.Count > _options.Capacity / 2)
            {
                return false;
            }

            Overflowed = false;
            return true;
        }
    }

    /// <summary>Refuses new keys. Takers get what waits already and then learn that the queue has ended.</summary>
    public void ShutDown()
    {
        lock (_lock)
        {
            _shuttingDown = true;
            _delayed.Clear();
            if (_ready.Count == 0)
            {
                EndTakersUnsynchronized();
            }
        }
    }

    /// <summary>Shuts down and completes when every waiting key was taken and done.</summary>
    public Task ShutDownWithDrainAsync()
    {
        ShutDown();
        lock (_lock)
        {
            var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _drainWaits.Add(wait);
            CompleteDrainUnsynchronized();
            return wait.Task;
        }
    }

    public void Dispose()
    {
        ShutDown();
        _delayed.Dispose();
    }

    private void AddDue(TKey key)
    {
        lock (_lock)
        {
            AddUnsynchronized(key);
        }
    }

    private bool AddUnsynchronized(TKey key)
    {
        if (_shuttingDown)
        {
            return false;
        }

        if (_dirty.Contains(key))
        {
            return true;
        }

        if (!HasRoomUnsynchronized(key))
        {
            return false;
        }

        _dirty.Add(key);
        if (!_inWork.Contains(key))
        {
            MakeReadyUnsynchronized(key);
        }

        return true;
    }

    private bool HasRoomUnsynchronized(TKey key)
    {
        if (_shuttingDown)
        {
            return false;
        }

        if (_dirty.Count + _inWork.Count + _delayed.Count < _options.Capacity || _inWork.Contains(key) || _delayed.Contains(key))
        {
            return true;
        }

        Overflowed = true;
        return false;
    }

    private void MakeReadyUnsynchronized(TKey key)
    {
        _ready.Enqueue(key);
        while (_ready.Count > 0 && _takers.First is { } first)
        {
            _takers.RemoveFirst();
            first.Value.SetResult(HandOutUnsynchronized());
        }
    }

    private Taken<TKey> HandOutUnsynchronized()
    {
        var key = _ready.Dequeue();
        _dirty.Remove(key);
        _inWork.Add(key);
        if (_shuttingDown && _ready.Count == 0)
        {
            EndTakersUnsynchronized();
        }

        return new Taken<TKey>(true, key);
    }

    private void EndTakersUnsynchronized()
    {
        while (_takers.First is { } first)
        {
            _takers.RemoveFirst();
            first.Value.SetResult(default);
        }
    }

    private void CompleteDrainUnsynchronized()
    {
        if (_shuttingDown && _ready.Count == 0 && _inWork.Count == 0)
        {
            _drainWaits.ForEach(static wait => wait.TrySetResult());
            _drainWaits.Clear();
        }
    }

    private async Task<Taken<TKey>> WaitAsync(LinkedListNode<TaskCompletionSource<Taken<TKey>>> node, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            state => Withdraw((LinkedListNode<TaskCompletionSource<Taken<TKey>>>)state!, cancellationToken), node);
        return await node.Value.Task;
    }

    private void Withdraw(LinkedListNode<TaskCompletionSource<Taken<TKey>>> node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A node that left the list was given a key already; the taker gets it.
            if (node.List is not null)
            {
                _takers.Remove(node);
                node.Value.SetCanceled(cancellationToken);
            }
        }
    }
}

/// <summary>A key that was handed out, or (<see cref="HasKey"/> false) the end of the queue.</summary>
public readonly record struct Taken<TKey>(bool HasKey, TKey Key);
