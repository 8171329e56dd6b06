using System.Runtime.CompilerServices;
using Minke.Api;
using Minke.Store;

namespace Minke.ApiServer.Cache;

/// <summary>
/// Brings a watcher whose revision has fallen off the ring up to the ring, from the store's history. It costs a list, so only a few do it at a
/// time; the others are told that they are too old and list from the cache.
/// </summary>
internal sealed class HistoryReplay(IStore store, CacheState state, ObjectFactory factory)
{
    private const int MaxReplays = 4;

    private int _running;

    /// <summary>The changes after a revision, until the watcher has entered the ring.</summary>
    /// <exception cref="ApiException">The revision is too old (410).</exception>
    public async IAsyncEnumerable<CacheChange> ReadAsync(WatchSignal signal, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _running) > MaxReplays)
        {
            Interlocked.Decrement(ref _running);
            throw ApiErrors.TooOldResourceVersion(after, state.Snapshot.Revision);
        }

        try
        {
            var builder = new CacheSnapshotBuilder(CacheSnapshot.Empty);
            var page = await Guard(store.ListAsync(new ListQuery(factory.Prefix, after, 0, null), cancellationToken), after);
            foreach (var entry in page.Entries)
            {
                builder.Set(factory.Make(entry));
            }

            await using var batches = store.WatchAsync(factory.Prefix, after, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await Guard(batches.MoveNextAsync(), after))
            {
                foreach (var stored in batches.Current.Events)
                {
                    if (factory.Apply(builder, stored) is { } change)
                    {
                        yield return change;
                    }
                }

                if (state.TryEnterAfter(signal, batches.Current.Revision))
                {
                    yield break;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static async ValueTask<T> Guard<T>(ValueTask<T> answer, long after)
    {
        try
        {
            return await answer;
        }
        catch (CompactedException error)
        {
            throw ApiErrors.TooOldResourceVersion(after, error.CompactedRevision);
        }
        catch (StoreUnavailableException error)
        {
            throw CacheReader.Unavailable(error);
        }
    }
}
