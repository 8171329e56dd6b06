using Microsoft.Extensions.Logging;
using Minke.Api;

namespace Minke.Client;

/// <summary>What an informer watches and how it indexes it.</summary>
public sealed record InformerOptions<T>
    where T : ApiObject
{
    /// <summary>Namespace and selectors; the rest of the request is the informer's own.</summary>
    public ListRequest Select { get; init; } = new();

    public IReadOnlyList<Index<T>> Indexes { get; init; } = [];

    /// <summary>The first list is of the newest state, not of any state that the server's cache has.</summary>
    public bool Newest { get; init; }

    /// <summary>Between attempts to reach the server, with jitter.</summary>
    public Backoff Retry { get; init; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
}

/// <summary>
/// Keeps a local copy of the objects of a kind by one list and a watch from there, and tells handlers of every change, in order. When the watch ends it
/// is opened again where it stopped; when the server no longer knows that place (410) everything is listed again and the differences are told.
/// </summary>
/// <remarks>Handlers are called one after the other on the informer's own loop; they must be quick, and usually only add a key to a work queue.</remarks>
public sealed partial class Informer<T>
    where T : ApiObject, new()
{
    private const int PageSize = 5000;

    // A watch that ends sooner than this without having told anything counts as a failure, so that a refusing server is not asked in a tight loop.
    private static readonly TimeSpan s_shortWatch = TimeSpan.FromSeconds(1);

    private readonly IObjectClient _client;
    private readonly InformerOptions<T> _options;
    private readonly TimeProvider _time;
    private readonly Ids _ids;
    private readonly ILogger _logger;
    private readonly List<Action<Change<T>>> _handlers = [];
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _running;
    private bool _mustList = true;
    private string _version;

    public Informer(IObjectClient client, InformerOptions<T> options, TimeProvider time, Ids ids, ILogger logger)
    {
        _client = client;
        _options = options;
        _time = time;
        _ids = ids;
        _logger = logger;
        _version = options.Newest ? "" : "0";
        Lister = new Lister<T>(options.Indexes);
    }

    public Lister<T> Lister { get; }

    /// <summary>The first list is in <see cref="Lister"/> and was told to the handlers.</summary>
    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public async Task WhenSyncedAsync(CancellationToken cancellationToken)
    {
        if (!_synced.Task.IsCompleted)
        {
            // Awaited in a method of its own: a wait with a token on such a source would resume on the thread pool.
            await Synced().WaitAsync(cancellationToken);
        }

        async Task Synced() => await _synced.Task;
    }

    /// <summary>Adds a handler. Only before <see cref="RunAsync"/>.</summary>
    public void AddHandler(Action<Change<T>> handler)
    {
        if (_running)
        {
            throw new InvalidOperationException("handlers are added before the informer runs");
        }

        _handlers.Add(handler);
    }

    /// <summary>Lists and watches until cancelled. Never throws for what the server or the network does.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _running = true;
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_mustList)
                {
                    await ListAsync(cancellationToken);
                }

                var useful = await WatchAsync(cancellationToken);
                failures = useful ? 0 : failures + 1;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException exception) when (exception.Status.Code == 410)
            {
                LogTooOld(_logger, typeof(T).Name, _version);
                _mustList = true;
                _version = "";
                failures++;
            }
            catch (Exception exception)
            {
                failures++;
                LogFailed(_logger, exception, typeof(T).Name, failures);
                if (_mustList)
                {
                    // A server whose data was restored from a backup does not know our version; its newest state always exists.
                    _version = "";
                }
            }

            await BackOffAsync(failures, cancellationToken);
        }
    }

    private async Task BackOffAsync(int failures, CancellationToken cancellationToken)
    {
        if (failures > 0 && !cancellationToken.IsCancellationRequested)
        {
            var delay = _options.Retry.Jittered(failures, 1, _ids.NextDouble());
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        // A version that the cache of the server has is enough; after 410 only the newest state will do.
        var request = _options.Select with { ResourceVersion = _version, Limit = _version.Length == 0 ? PageSize : 0, Continue = "" };
        List<T> items = [];
        string version;
        do
        {
            var page = await _client.ListAsync<T>(request, cancellationToken);
            items.AddRange(page.Items);
            version = page.ResourceVersion;
            request = request with { ResourceVersion = "", Continue = page.Continue };
        }
        while (request.Continue.Length > 0);

        Replace(items);
        _version = version;
        _mustList = false;
        if (_synced.TrySetResult())
        {
            LogSynced(_logger, typeof(T).Name, items.Count, version);
        }
    }

    /// <summary>True when the watch delivered something or lasted a while.</summary>
    private async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var useful = false;
        var request = new WatchRequest
        {
            Namespace = _options.Select.Namespace,
            LabelSelector = _options.Select.LabelSelector,
            FieldSelector = _options.Select.FieldSelector,
            ResourceVersion = _version,
        };
        await foreach (var change in _client.WatchAsync<T>(request, cancellationToken))
        {
            useful = true;
            Apply(change);
            _version = change.Item.Metadata.ResourceVersion;
        }

        return useful || _time.GetElapsedTime(started) >= s_shortWatch;
    }

    private void Apply(WatchEvent<T> change)
    {
        switch (change.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                Set(change.Item);
                break;
            case WatchEventType.Deleted:
                Remove(ObjectKey.Of(change.Item), change.Item);
                break;
        }
    }

    private void Replace(List<T> items)
    {
        var gone = Lister.Keys.ToHashSet();
        foreach (var item in items)
        {
            gone.Remove(ObjectKey.Of(item));
            Set(item);
        }

        foreach (var key in gone.Order(ObjectKeyComparer.Instance))
        {
            Remove(key, last: null);
        }
    }

    private void Set(T item)
    {
        var key = ObjectKey.Of(item);
        if (Lister.Get(key) is { } known)
        {
            if (known.Metadata.ResourceVersion == item.Metadata.ResourceVersion)
            {
                return;
            }

            if (known.Metadata.Uid != item.Metadata.Uid)
            {
                // Deleted and created again while nobody was looking: two objects, so two changes.
                Remove(key, last: null);
            }
        }

        var old = Lister.Set(key, item);
        Tell(new Change<T>(old is null ? ChangeType.Added : ChangeType.Modified, old, item));
    }

    private void Remove(ObjectKey key, T? last)
    {
        if (Lister.Remove(key) is { } old)
        {
            Tell(new Change<T>(ChangeType.Deleted, last ?? old, null));
        }
    }

    private void Tell(Change<T> change)
    {
        foreach (var handler in _handlers)
        {
            try
            {
                handler(change);
            }
            catch (Exception exception)
            {
                LogHandlerFailed(_logger, exception, typeof(T).Name, change.Key);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Informer of {Type}: synced, {Count} objects at version {Version}")]
    private static partial void LogSynced(ILogger logger, string type, int count, string version);

    [LoggerMessage(2, LogLevel.Information, "Informer of {Type}: version {Version} is too old; listing again")]
    private static partial void LogTooOld(ILogger logger, string type, string version);

    [LoggerMessage(3, LogLevel.Warning, "Informer of {Type}: list or watch failed {Failures} times in a row")]
    private static partial void LogFailed(ILogger logger, Exception exception, string type, int failures);

    [LoggerMessage(4, LogLevel.Error, "Informer of {Type}: a handler failed on {Key}")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception, string type, ObjectKey key);
}
