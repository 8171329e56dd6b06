using System.Runtime.CompilerServices;
using Minke.Api;
using Minke.Client;

namespace Minke.ApiServer.Cache;

/// <summary>
/// One watcher. Enumerating it gives batches of events until the caller cancels or the cache is closed. It holds no thread and no copies: a place
/// in the ring that all watchers of the kind share. One that cannot keep up loses its place and ends with 410; nobody waits for it.
/// </summary>
public sealed class CacheWatch : IAsyncEnumerable<IReadOnlyList<CacheEvent>>
{
    private const int BatchSize = 256;

    private readonly CacheWatchRequest _request;
    private readonly CacheState _state;
    private readonly CacheReader _reader;
    private readonly HistoryReplay _replay;
    private readonly ObjectFactory _factory;
    private readonly CacheFilter _filter;
    private readonly WatchSignal _signal;
    private readonly CancellationToken _cancellationToken;
    private long _after; // changes up to this revision are not sent
    private long _bookmarkRound = -1; // the round of the last bookmark; -1: not begun

    internal CacheWatch(
        CacheWatchRequest request, CacheState state, CacheReader reader, HistoryReplay replay, ObjectFactory factory, CancellationToken cancellationToken)
    {
        (_request, _state, _reader, _replay, _factory, _cancellationToken) = (request, state, reader, replay, factory, cancellationToken);
        var scope = new CacheScope(request.Namespace, request.Name);
        _filter = new CacheFilter(scope, request.Predicate);
        _signal = new WatchSignal(scope, request.AllowBookmarks);
    }

    /// <summary>Events in batches, none of them empty. To be enumerated once.</summary>
    /// <exception cref="ApiException">The watch cannot begin where it was asked to, or has lost its place (410, 503, 504).</exception>
    public async IAsyncEnumerator<IReadOnlyList<CacheEvent>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var both = cancellationToken.CanBeCanceled && cancellationToken != _cancellationToken
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancellationToken)
            : null;
        var cancel = both?.Token ?? _cancellationToken;
        await foreach (var batch in BeginAsync(cancel))
        {
            yield return batch;
        }

        using var registration = cancel.UnsafeRegister(static (signal, token) => ((WatchSignal)signal!).Cancel(token), _signal);
        try
        {
            while (await NextAsync(cancel) is { } batch)
            {
                if (batch.Count > 0)
                {
                    yield return batch;
                }
            }
        }
        finally
        {
            _state.Leave(_signal);
        }
    }

    // :: Step 1: what comes before the ring's changes, and a place in the ring.
    private async IAsyncEnumerable<IReadOnlyList<CacheEvent>> BeginAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = ListPlan.ParseVersion(_request.ResourceVersion);
        var sendsState = _request.SendInitialEvents ?? version == 0;
        if (version > 0 && !sendsState)
        {
            await foreach (var batch in BeginAfterAsync(version, cancellationToken))
            {
                yield return batch;
            }

            yield break;
        }

        var freshness = _request.ResourceVersion.Length == 0 ? Freshness.Newest : version == 0 ? Freshness.Any : Freshness.NotOlderThan;
        await _reader.ReachAsync(freshness, version, cancellationToken);
        var snapshot = _state.Enter(_signal);
        _after = snapshot.Revision;
        if (sendsState)
        {
            foreach (var batch in InitialEvents(snapshot))
            {
                yield return batch;
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<CacheEvent>> BeginAfterAsync(long revision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _reader.ReachAsync(Freshness.Any, 0, cancellationToken);
        _after = revision;
        if (revision > _state.Snapshot.Revision)
        {
            // A write is known to its writer a moment before it is here. What the store does not know either is of another history.
            var newest = await _reader.NewestAsync(cancellationToken);
            if (revision > newest)
            {
                throw ApiErrors.TooLargeResourceVersion(revision, newest);
            }
        }

        if (_state.TryEnterAfter(_signal, revision))
        {
            yield break;
        }

        await foreach (var change in _replay.ReadAsync(_signal, revision, cancellationToken))
        {
            // The store may be ahead of the ring, which then brings the same change again.
            _after = change.Revision;
            if (change.Through(_filter) is { } seen)
            {
                yield return [seen];
            }
        }
    }

    private IEnumerable<IReadOnlyList<CacheEvent>> InitialEvents(CacheSnapshot snapshot)
    {
        var batch = new List<CacheEvent>();
        foreach (var item in snapshot.Range(_factory.PrefixOf(_request.Namespace), null))
        {
            if (!_filter.Matches(item))
            {
                continue;
            }

            batch.Add(new CacheEvent(WatchEventType.Added, item));
            if (batch.Count == BatchSize)
            {
                yield return batch;
                batch = [];
            }
        }

        if (_request is { SendInitialEvents: true, AllowBookmarks: true })
        {
            batch.Add(new CacheEvent(WatchEventType.Bookmark, _factory.Bookmark(snapshot.Revision, endsInitialEvents: true)));
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    // :: Step 2: the changes of the ring, one batch at a time; null at the end of the cache.
    private async ValueTask<IReadOnlyList<CacheEvent>?> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var changes = new List<CacheChange>();
        var read = _state.Read(_signal, changes, BatchSize);
        var events = Filter(changes);
        switch (read.State)
        {
            case WatchReadState.Lost:
                throw ApiErrors.TooOldResourceVersion(_after, read.Revision);
            case WatchReadState.More:
                return events;
            case WatchReadState.Closed:
                return events.Count > 0 ? events : null;
        }

        if (_bookmarkRound < 0)
        {
            _bookmarkRound = read.BookmarkRound;
        }
        else if (read.BookmarkRound != _bookmarkRound)
        {
            AddBookmark(events, read);
        }

        if (events.Count == 0 && _state.TryPark(_signal, _bookmarkRound))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _signal.Cancel(cancellationToken);
            }

            await _signal.Task;
        }

        return events;
    }

    private List<CacheEvent> Filter(List<CacheChange> changes)
    {
        var events = new List<CacheEvent>();
        foreach (var change in changes)
        {
            if (change.Revision > _after)
            {
                _after = change.Revision;
                if (change.Through(_filter) is { } seen)
                {
                    events.Add(seen);
                }
            }
        }

        return events;
    }

    private void AddBookmark(List<CacheEvent> events, WatchRead read)
    {
        _bookmarkRound = read.BookmarkRound;
        // The revision only ever grows for one watcher, also when it began after one that the cache has not seen yet.
        if (_request.AllowBookmarks && read.Revision >= _after)
        {
            _after = read.Revision;
            events.Add(new CacheEvent(WatchEventType.Bookmark, _factory.Bookmark(read.Revision, endsInitialEvents: false)));
        }
    }
}
