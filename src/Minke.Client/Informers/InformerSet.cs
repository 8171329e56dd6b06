using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;

namespace Minke.Client;

/// <summary>
/// The informers that components of one process share, one per kind, made when first asked for. Ask and add handlers first, then run. Every informer is
/// indexed by namespace and owner, pods also by node. Not thread-safe before it runs.
/// </summary>
public sealed class InformerSet(IObjectClient client, TimeProvider time, Ids ids, ILoggerFactory loggers)
{
    private readonly Dictionary<Type, object> _byType = [];
    private readonly List<Func<CancellationToken, Task>> _runs = [];
    private readonly List<Func<CancellationToken, Task>> _syncs = [];

    /// <exception cref="InvalidOperationException">A new kind was asked for after the set began to run.</exception>
    public Informer<T> Of<T>()
        where T : ApiObject, new()
    {
        if (_byType.TryGetValue(typeof(T), out var known))
        {
            return (Informer<T>)known;
        }

        if (IsRunning)
        {
            throw new InvalidOperationException($"there is no informer of {typeof(T).Name}, and the set runs already");
        }

        var options = new InformerOptions<T> { Indexes = IndexesOf<T>() };
        var informer = new Informer<T>(client, options, time, ids, loggers.CreateLogger<Informer<T>>());
        _byType[typeof(T)] = informer;
        _runs.Add(informer.RunAsync);
        _syncs.Add(informer.WhenSyncedAsync);
        return informer;
    }

    public Lister<T> Lister<T>()
        where T : ApiObject, new() => Of<T>().Lister;

    public bool IsRunning { get; private set; }

    /// <summary>Runs every informer until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        IsRunning = true;
        return Task.WhenAll(_runs.Select(run => run(cancellationToken)));
    }

    /// <summary>Completes when every informer has its first list.</summary>
    public async Task WhenSyncedAsync(CancellationToken cancellationToken)
    {
        foreach (var sync in _syncs)
        {
            await sync(cancellationToken);
        }
    }

    private static IReadOnlyList<Index<T>> IndexesOf<T>()
        where T : ApiObject
    {
        List<Index<T>> indexes = [Indexes.ByNamespace<T>(), Indexes.ByOwner<T>()];
        if (Indexes.PodsByNode is Index<T> byNode)
        {
            indexes.Add(byNode);
        }

        return indexes;
    }
}
