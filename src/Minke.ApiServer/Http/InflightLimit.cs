namespace Minke.ApiServer.Http;

/// <summary>
/// How many requests may be answered at once, apart for reads and writes, so that overload is refused early (429) instead of piling up.
/// Watches and streams do not count. Thread-safe.
/// </summary>
public sealed class InflightLimit(int maxReads, int maxWrites)
{
    private int _reads;
    private int _writes;

    /// <summary>Takes a place; the caller gives it back by <see cref="Exit"/> when the result is true.</summary>
    public bool TryEnter(bool mutating)
    {
        ref var count = ref mutating ? ref _writes : ref _reads;
        if (Interlocked.Increment(ref count) <= (mutating ? maxWrites : maxReads))
        {
            return true;
        }

        Interlocked.Decrement(ref count);
        return false;
    }

    public void Exit(bool mutating)
    {
        ref var count = ref mutating ? ref _writes : ref _reads;
        Interlocked.Decrement(ref count);
    }
}
