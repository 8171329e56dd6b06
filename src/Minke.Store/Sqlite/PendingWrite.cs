using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Minke.Store.Sqlite;

/// <summary>A write on its way through the committer, and the awaitable of its writer. Reused, so that a write allocates nothing here.</summary>
internal sealed class PendingWrite : IValueTaskSource<WriteResult>
{
    private const int PoolSize = 1024;

    private static readonly ConcurrentQueue<PendingWrite> Pool = new();

    // Continuations never run on the committer's thread.
    private ManualResetValueTaskSourceCore<WriteResult> _core = new() { RunContinuationsAsynchronously = true };
    private WriteResult _result;

    public StoreWrite Write { get; private set; }

    public ValueTask<WriteResult> Task => new(this, _core.Version);

    public static PendingWrite Rent(in StoreWrite write)
    {
        if (!Pool.TryDequeue(out var pending))
        {
            pending = new PendingWrite();
        }

        pending.Write = write;
        return pending;
    }

    /// <summary>Notes the outcome; the writer learns it at <see cref="Acknowledge"/>.</summary>
    public void Decide(WriteResult result) => _result = result;

    /// <summary>Wakes the writer. The object may be reused at once and must not be touched any more.</summary>
    public void Acknowledge() => _core.SetResult(_result);

    /// <summary>Wakes the writer with a failure.</summary>
    public void Fail(Exception error) => _core.SetException(error);

    WriteResult IValueTaskSource<WriteResult>.GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            Write = default;
            if (Pool.Count < PoolSize)
            {
                Pool.Enqueue(this);
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource<WriteResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<WriteResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
