namespace Minke.Store.Sqlite;

/// <summary>
/// Writes waiting for the committer. Bounded: a writer waits for a place without holding a thread. The committer takes everything that waits
/// in one go, which is what makes groups.
/// </summary>
internal sealed class CommitQueue(int capacity)
{
    // A plain object because the committer's thread waits on it. Guards the fields below.
    private readonly object _gate = new();
    private readonly SemaphoreSlim _places = new(capacity, capacity);
    private List<PendingWrite> _waiting = [];
    private List<CompactionRequest> _compactions = [];
    private bool _closed;

    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public ValueTask<WriteResult> EnqueueAsync(in StoreWrite write, CancellationToken cancellationToken)
    {
        var place = _places.WaitAsync(cancellationToken);
        return place.IsCompletedSuccessfully ? Add(write) : AddLaterAsync(place, write);
    }

    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public Task EnqueueCompaction(long revision)
    {
        var request = new CompactionRequest(revision);
        lock (_gate)
        {
            ThrowIfClosed();
            _compactions.Add(request);
            Monitor.Pulse(_gate);
        }

        return request.Done.Task;
    }

    /// <summary>Takes all that waits; both lists come in empty. False when the queue is closed and empty.</summary>
    /// <param name="wait">Wait until there is something.</param>
    public bool Take(ref List<PendingWrite> writes, ref List<CompactionRequest> compactions, bool wait)
    {
        lock (_gate)
        {
            while (wait && !_closed && _waiting.Count == 0 && _compactions.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            (_waiting, writes) = (writes, _waiting);
            (_compactions, compactions) = (compactions, _compactions);
            return !_closed || writes.Count > 0 || compactions.Count > 0;
        }
    }

    /// <summary>Gives the places of answered writes back.</summary>
    public void Release(int count) => _places.Release(count);

    /// <summary>Refuses new work; what waits is still done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    private async ValueTask<WriteResult> AddLaterAsync(Task place, StoreWrite write)
    {
        await place;
        return await Add(write);
    }

    private ValueTask<WriteResult> Add(in StoreWrite write)
    {
        lock (_gate)
        {
            if (_closed)
            {
                _places.Release();
            }

            ThrowIfClosed();
            var pending = PendingWrite.Rent(write);
            _waiting.Add(pending);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return pending.Task;
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new StoreUnavailableException("the store is closed");
        }
    }
}

/// <summary>A wish to forget history, answered when reads see it.</summary>
internal sealed record CompactionRequest(long Revision)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
