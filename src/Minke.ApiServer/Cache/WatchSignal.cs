using System.Threading.Tasks.Sources;

namespace Minke.ApiServer.Cache;

/// <summary>
/// All that the cache keeps for one watcher: which part of the kind it wants, its place in the ring of changes, and the means to wake it. While
/// the watcher waits the place belongs to the cache, which moves it past changes that the watcher does not want; otherwise to the watcher.
/// </summary>
internal sealed class WatchSignal(CacheScope scope, bool bookmarks) : IValueTaskSource
{
    // The core posts to the context that awaits, so that everything stays on it; it never runs the watcher on the waking thread.
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _armed;

    public CacheScope Scope => scope;

    /// <summary>Whether the watcher wants to be woken for a bookmark.</summary>
    public bool Bookmarks => bookmarks;

    /// <summary>The number of the next change that the watcher has not seen.</summary>
    public long Place { get; set; }

    public ValueTask Task => new(this, _core.Version);

    /// <summary>Makes ready for one wait.</summary>
    public void Arm()
    {
        _core.Reset();
        Volatile.Write(ref _armed, 1);
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref _armed, 0) == 1)
        {
            _core.SetResult(true);
        }
    }

    public void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _armed, 0) == 1)
        {
            _core.SetException(new OperationCanceledException(cancellationToken));
        }
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
