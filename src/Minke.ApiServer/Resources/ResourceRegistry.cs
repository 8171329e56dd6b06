using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.ApiServer.Resources.Strategies;
using Minke.Store;
using CoreEvent = Minke.Api.Core.Event;
using EventsEvent = Minke.Api.Events.Event;

namespace Minke.ApiServer.Resources;

/// <summary>The storage and the views of every kind.</summary>
public sealed class ResourceRegistry
{
    private readonly FrozenDictionary<string, KindView> _views;
    private readonly List<ResourceStorage> _storages = [];

    public ResourceRegistry(IStore store, TimeProvider time, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<ResourceCache>();
        var eventsKind = Kinds.Of<EventsEvent>();
        var views = new List<KindView>();
        foreach (var kind in Kinds.All)
        {
            if (kind.IsStored && kind != eventsKind)
            {
                var storage = new ResourceStorage(kind, KindStrategies.For(kind), store, new ResourceCache(store, kind, time, logger));
                _storages.Add(storage);
                views.Add(new KindView(kind, storage));
            }
        }

        var events = _storages.Single(s => s.Kind == Kinds.Of<CoreEvent>());
        views.Add(new KindView(
            eventsKind, events, stored => EventConversion.ToEvents((CoreEvent)stored), served => EventConversion.ToCore((EventsEvent)served)));
        _views = views.ToFrozenDictionary(v => v.Kind.Resource, StringComparer.Ordinal);
    }

    public IReadOnlyList<ResourceStorage> Storages => _storages;

    /// <summary>Completes when every cache holds the state of the store.</summary>
    public Task Loaded => Task.WhenAll(_storages.Select(s => s.Cache.Loaded));

    /// <summary>Whether every cache holds a state of the store.</summary>
    public bool IsReady => _storages.TrueForAll(s => s.Cache.Ready);

    /// <summary>The storage of a stored kind.</summary>
    public ResourceStorage For(KindInfo kind) => _views[kind.Resource].Storage;

    /// <summary>The view of a served kind.</summary>
    /// <exception cref="ApiException">Objects of the kind are not stored (405).</exception>
    public KindView View(KindInfo kind) =>
        ViewOrNull(kind) ?? throw ApiErrors.MethodNotSupported(kind, "get");

    /// <summary>The view of a served kind; null when its objects are not stored.</summary>
    public KindView? ViewOrNull(KindInfo kind) => _views.GetValueOrDefault(kind.Resource);

    /// <summary>Keeps the caches up to date until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_storages.Select(s => s.Cache.RunAsync(cancellationToken)));
}
