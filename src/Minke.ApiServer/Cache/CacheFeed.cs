using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Store;

namespace Minke.ApiServer.Cache;

/// <summary>Keeps a <see cref="CacheState"/> up with the store: lists once, then follows the store's watch, and opens that again when it is lost.</summary>
internal sealed partial class CacheFeed(
    KindInfo kind, IStore store, CacheState state, ObjectFactory factory, ResourceCacheOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private TimeSpan _pause = FirstPause;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var loaded = false;
        while (true)
        {
            try
            {
                if (!loaded)
                {
                    await LoadAsync(cancellationToken);
                    loaded = true;
                }

                await FollowAsync(cancellationToken);
            }
            catch (StoreUnavailableException error)
            {
                // Nothing is lost: the store's watch goes on after the newest revision seen.
                WatchLost(logger, kind.Resource, state.Snapshot.Revision, error.Message);
            }
            catch (Exception error) when (error is CompactedException or FutureRevisionException)
            {
                // The store answers, so there is nothing to wait for: readers are waiting already.
                loaded = false;
                _pause = FirstPause;
                Reloading(logger, kind.Resource, error.Message);
            }
            catch (InvalidDataException error)
            {
                loaded = false;
                Unreadable(logger, kind.Resource, error.Message);
            }

            await Task.Delay(_pause, time, cancellationToken);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var newest = await store.GetRevisionAsync(cancellationToken);
        var page = await ListAsync(Math.Max(0, newest - options.ReplayRevisions), cancellationToken);
        var builder = new CacheSnapshotBuilder(CacheSnapshot.Empty);
        foreach (var entry in page.Entries)
        {
            builder.Set(factory.Make(entry));
        }

        state.Reset(builder.Build(page.Revision, page.Revision), Math.Max(newest, page.Revision));
        Loaded(logger, kind.Resource, page.Entries.Count, page.Revision);
    }

    // A state of a while ago, whose changes up to now then fill the ring; the newest one when that is forgotten.
    private async ValueTask<StorePage> ListAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ListAsync(new ListQuery(factory.Prefix, revision, 0, null), cancellationToken);
        }
        catch (CompactedException) when (revision > 0)
        {
            return await store.ListAsync(new ListQuery(factory.Prefix, 0, 0, null), cancellationToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in store.WatchAsync(factory.Prefix, state.Snapshot.Revision, cancellationToken))
        {
            _pause = FirstPause;
            var changes = new List<CacheChange>(batch.Events.Count);
            if (batch.Events.Count == 0)
            {
                state.Advance(state.Snapshot.Until(batch.Revision), changes);
                continue;
            }

            var builder = new CacheSnapshotBuilder(state.Snapshot);
            foreach (var stored in batch.Events)
            {
                if (factory.Apply(builder, stored) is { } change)
                {
                    changes.Add(change);
                }
            }

            state.Advance(builder.Build(batch.Events[^1].Entry.Revision, batch.Revision), changes);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Cache of {Resource} loaded: {Count} objects at revision {Revision}")]
    private static partial void Loaded(ILogger logger, string resource, int count, long revision);

    [LoggerMessage(2, LogLevel.Warning, "Cache of {Resource} lost its watch at revision {Revision}: {Reason}")]
    private static partial void WatchLost(ILogger logger, string resource, long revision, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Cache of {Resource} lists again: {Reason}")]
    private static partial void Reloading(ILogger logger, string resource, string reason);

    [LoggerMessage(4, LogLevel.Error, "Cache of {Resource} cannot read what is stored: {Reason}")]
    private static partial void Unreadable(ILogger logger, string resource, string reason);
}
