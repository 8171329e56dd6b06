using System.Runtime.CompilerServices;
using Minke.Store;

namespace Minke.Testing.Stores;

/// <summary>
/// A store in memory with faults, for tests and simulations. It has no threads and no time of its own: everything happens on the caller's
/// synchronization context and on the <see cref="TimeProvider"/> given, so that a seed decides all of it. It survives a simulated crash of its
/// clients; <see cref="DisposeAsync"/> only ends the watches.
/// </summary>
public sealed class MemoryStore(TimeProvider time, StoreFaults faults) : IStore
{
    private const int WatchBatch = 64;

    private readonly Lock _lock = new(); // guards everything below
    private readonly MemoryHistory _history = new();
    private readonly HashSet<TaskCompletionSource> _waiting = [];
    private long _watchEpoch; // a watch that was opened in an earlier epoch is lost
    private int _openWatches;

    /// <summary>A store without faults on the system's clock.</summary>
    public MemoryStore()
        : this(TimeProvider.System, new StoreFaults(new Random(1)))
    {
    }

    public StoreFaults Faults { get; } = faults;

    /// <summary>Called with each write that took effect and its revision, in order, also when its writer was told otherwise. It must not call the store.</summary>
    public Action<StoreWrite, long> Committed { get; set; } = static (_, _) => { };

    /// <summary>Watches that are being enumerated.</summary>
    public int OpenWatches
    {
        get
        {
            lock (_lock)
            {
                return _openWatches;
            }
        }
    }

    /// <summary>Every open watch is lost now.</summary>
    public void DropWatches()
    {
        lock (_lock)
        {
            _watchEpoch++;
            Wake();
        }
    }

    public async ValueTask<long> GetRevisionAsync(CancellationToken cancellationToken)
    {
        await StartReadAsync(cancellationToken);
        lock (_lock)
        {
            return _history.Revision;
        }
    }

    public async ValueTask<WriteResult> WriteAsync(StoreWrite write, CancellationToken cancellationToken)
    {
        StoreLimits.Check(write);
        cancellationToken.ThrowIfCancellationRequested();
        await DelayAsync(cancellationToken);
        var fault = Faults.NextWrite();
        if (fault == WriteFault.Lost)
        {
            throw new StoreUnavailableException("injected: the write was lost");
        }

        WriteResult result;
        lock (_lock)
        {
            result = _history.Apply(write);
            if (result.Outcome == WriteOutcome.Committed)
            {
                Committed(write, result.Revision);
                Wake();
            }
        }

        // Past its commit a write is not cancelled.
        await DelayAsync(CancellationToken.None);
        return fault == WriteFault.AnswerLost ? throw new StoreUnavailableException("injected: the answer was lost") : result;
    }

    public async ValueTask<StoreEntry?> GetAsync(string key, long revision, CancellationToken cancellationToken)
    {
        await StartReadAsync(cancellationToken);
        lock (_lock)
        {
            return _history.Get(key, revision);
        }
    }

    public async ValueTask<StorePage> ListAsync(ListQuery query, CancellationToken cancellationToken)
    {
        await StartReadAsync(cancellationToken);
        lock (_lock)
        {
            return _history.List(query);
        }
    }

    public async IAsyncEnumerable<StoreBatch> WatchAsync(string prefix, long afterRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await StartReadAsync(cancellationToken);
        long epoch;
        lock (_lock)
        {
            _history.CheckWatch(afterRevision);
            epoch = _watchEpoch;
            _openWatches++;
        }

        try
        {
            for (var cursor = afterRevision; ;)
            {
                await WaitAsync(cursor, epoch, cancellationToken);
                await DelayAsync(cancellationToken);
                var batch = NextBatch(prefix, cursor, epoch);
                cursor = batch.Revision;
                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
            {
                _openWatches--;
            }
        }
    }

    public async ValueTask CompactAsync(long revision, CancellationToken cancellationToken)
    {
        await StartReadAsync(cancellationToken);
        lock (_lock)
        {
            _history.Compact(revision);
        }
    }

    public ValueTask DisposeAsync()
    {
        DropWatches();
        return ValueTask.CompletedTask;
    }

    private StoreBatch NextBatch(string prefix, long cursor, long epoch)
    {
        lock (_lock)
        {
            if (_watchEpoch != epoch || Faults.NextBatchDrops())
            {
                throw new StoreUnavailableException("injected: the watch was lost");
            }

            return _history.Changes(prefix, cursor, WatchBatch);
        }
    }

    private async ValueTask StartReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await DelayAsync(cancellationToken);
        if (Faults.NextReadFails())
        {
            throw new StoreUnavailableException("injected: the store does not answer");
        }
    }

    private Task DelayAsync(CancellationToken cancellationToken)
    {
        var delay = Faults.NextDelay();
        return delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, time, cancellationToken);
    }

    // Task.WaitAsync would complete on the thread pool; a completion source of its own stays on the caller's context.
    private async Task WaitAsync(long after, long epoch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (_history.Revision > after || _watchEpoch != epoch)
            {
                return;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(waiter);
        }

        try
        {
            using var registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiter);
            await waiter.Task;
        }
        finally
        {
            lock (_lock)
            {
                _waiting.Remove(waiter);
            }
        }
    }

    private void Wake()
    {
        foreach (var waiter in _waiting)
        {
            waiter.TrySetResult();
        }

        _waiting.Clear();
    }
}
