namespace Minke.Store;

/// <summary>How much history a <see cref="StoreCompactor"/> leaves.</summary>
public sealed record CompactionOptions
{
    /// <summary>Revisions younger than this stay, so that a client that was away for a moment can go on where it was.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>At least so many of the newest revisions stay, however old.</summary>
    public long KeepRevisions { get; init; } = 10_000;

    /// <summary>Time between two looks at the store.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// Forgets old history of a store from time to time. What is old is judged by this loop's own observations, because the store does not record
/// when a revision was written; after a restart the first compaction comes <see cref="CompactionOptions.KeepFor"/> later.
/// </summary>
public sealed class StoreCompactor(IStore store, CompactionOptions options, TimeProvider time)
{
    private readonly Queue<(long Timestamp, long Revision)> _seen = new();
    private long _compacted;

    /// <summary>Runs until cancelled. A store that does not answer is asked again at the next interval.</summary>
    /// <param name="failed">Told of a failure, for the log.</param>
    public async Task RunAsync(Action<StoreUnavailableException> failed, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await CompactOnceAsync(cancellationToken);
            }
            catch (StoreUnavailableException error)
            {
                failed(error);
            }

            await Task.Delay(options.Interval, time, cancellationToken);
        }
    }

    private async Task CompactOnceAsync(CancellationToken cancellationToken)
    {
        var newest = await store.GetRevisionAsync(cancellationToken);
        _seen.Enqueue((time.GetTimestamp(), newest));
        var old = _compacted;
        while (_seen.TryPeek(out var seen) && time.GetElapsedTime(seen.Timestamp) >= options.KeepFor)
        {
            old = seen.Revision;
            _seen.Dequeue();
        }

        var target = Math.Min(old, newest - options.KeepRevisions);
        if (target > _compacted)
        {
            await store.CompactAsync(target, cancellationToken);
            _compacted = target;
        }
    }
}
