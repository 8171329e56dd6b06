using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Store;

namespace Minke.ApiServer.Cache;

/// <summary>
/// The watch cache of one kind: all of its objects and recent changes in memory, following the store. Lists and watches are answered from here,
/// with the meaning that Kubernetes gives to <c>resourceVersion</c>; only a state of the past is read from the store. Thread-safe, without
/// threads of its own.
/// </summary>
public sealed class ResourceCache
{
    private readonly TimeProvider _time;
    private readonly ResourceCacheOptions _options;
    private readonly ObjectFactory _factory;
    private readonly CacheState _state;
    private readonly CacheFeed _feed;
    private readonly CacheReader _reader;
    private readonly HistoryReplay _replay;

    public ResourceCache(IStore store, KindInfo kind, TimeProvider time, ILogger logger)
        : this(store, kind, time, logger, new ResourceCacheOptions())
    {
    }

    public ResourceCache(IStore store, KindInfo kind, TimeProvider time, ILogger logger, ResourceCacheOptions options)
    {
        Kind = kind;
        _time = time;
        _options = options;
        _factory = new ObjectFactory(kind);
        _state = new CacheState(options, time);
        _feed = new CacheFeed(kind, store, _state, _factory, options, time, logger);
        _reader = new CacheReader(kind, store, _state, _factory);
        _replay = new HistoryReplay(store, _state, _factory);
    }

    public KindInfo Kind { get; }

    /// <summary>Whether reads are answered without waiting for the first load.</summary>
    public bool Ready => _state.Ready;

    /// <summary>Completes when the cache is ready for the first time; cancelled when it is closed before.</summary>
    public Task Loaded => _state.WaitLoadedAsync();

    /// <summary>The revision up to which the cache has seen everything.</summary>
    public long Revision => _state.Snapshot.Revision;

    /// <summary>Objects in the cache.</summary>
    public int Count => _state.Snapshot.Count;

    /// <summary>Follows the store until cancelled; then every watch ends.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // One timer for the bookmarks of all watches.
        using var bookmarks = _time.CreateTimer(
            static state => ((CacheState)state!).BeginBookmarks(), _state, _options.BookmarkInterval, _options.BookmarkInterval);
        try
        {
            await _feed.RunAsync(cancellationToken);
        }
        finally
        {
            _state.Close();
        }
    }

    /// <exception cref="ApiException">The parameters are not valid (400), the version is too old (410) or not here yet (504), the store is away (503).</exception>
    public ValueTask<CacheList> ListAsync(CacheListRequest request, CancellationToken cancellationToken) => _reader.ListAsync(request, cancellationToken);

    /// <summary>One object, or null. The namespace is empty for a cluster-wide kind.</summary>
    /// <param name="resourceVersion">Empty: the newest. "0": any. Else not older than it.</param>
    /// <exception cref="ApiException">The version is not valid (400) or not here yet (504), the store is away (503).</exception>
    public ValueTask<CachedObject?> GetAsync(string ns, string name, string resourceVersion, CancellationToken cancellationToken) =>
        _reader.GetAsync(ns, name, resourceVersion, cancellationToken);

    /// <summary>A watch, which begins when it is enumerated and ends when that is cancelled.</summary>
    public CacheWatch Watch(CacheWatchRequest request, CancellationToken cancellationToken) =>
        new(request, _state, _reader, _replay, _factory, cancellationToken);

    /// <summary>Waits until the cache has seen a revision, so that a writer reads its own write.</summary>
    /// <exception cref="ApiException">It did not in time (504).</exception>
    public ValueTask WaitForAsync(long revision, CancellationToken cancellationToken) =>
        _reader.ReachAsync(Freshness.NotOlderThan, revision, cancellationToken);
}
