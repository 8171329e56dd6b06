using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Events;

/// <summary>Deletes events an hour after they were last seen, and the oldest ones when there are very many, so that a storm of events cannot fill the store.</summary>
public sealed class EventExpiry : IController
{
    private const int CountMax = 20_000;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    private readonly ControllerContext _context;
    private readonly Lister<Event> _events;
    private readonly WorkQueue<ObjectKey> _queue;

    // By last sight, the oldest first, so that the ones to drop are found without sorting all. Entries of events that are gone are passed over.
    private readonly PriorityQueue<ObjectKey, DateTimeOffset> _byAge = new();
    private readonly Lock _lock = new(); // guards _byAge

    public EventExpiry(ControllerContext context)
    {
        _context = context;
        _events = context.Informers.Lister<Event>();
        _queue = new WorkQueue<ObjectKey>(new WorkQueueOptions { Capacity = 4 * CountMax }, context.Time);
        context.Informers.Of<Event>().AddHandler(OnEvent);
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        new Reconciler<ObjectKey>("event expiry", _queue, ReconcileAsync, () => _events.Keys, _context.Loggers.CreateLogger<EventExpiry>()).RunAsync(1, cancellationToken);

    private void OnEvent(Change<Event> change)
    {
        if (change.New is not { } seen)
        {
            return;
        }

        if (change.Type == ChangeType.Added)
        {
            _queue.AddAfter(change.Key, LastSeen(seen) + s_lifetime - _context.Time.GetUtcNow());
            lock (_lock)
            {
                _byAge.Enqueue(change.Key, LastSeen(seen));
            }
        }

        if (_events.Count > CountMax && TakeOldest() is { } oldest)
        {
            _queue.Add(oldest);
        }
    }

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_events.Get(key) is not { } item)
        {
            return Reconciled.Done;
        }

        var left = LastSeen(item) + s_lifetime - _context.Time.GetUtcNow();
        if (left > TimeSpan.Zero && _events.Count <= CountMax)
        {
            return Reconciled.After(left);
        }

        try
        {
            await _context.Client.DeleteAsync<Event>(key, new DeleteRequest { Uid = item.Metadata.Uid }, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            return Reconciled.Done;
        }

        return Reconciled.Done;
    }

    private ObjectKey? TakeOldest()
    {
        lock (_lock)
        {
            while (_byAge.TryDequeue(out var key, out _))
            {
                if (_events.Get(key) is not null)
                {
                    return key;
                }
            }
        }

        return null;
    }

    private static DateTimeOffset LastSeen(Event item) =>
        item.Series?.LastObservedTime?.Value ?? item.LastTimestamp ?? item.EventTime?.Value ?? item.Metadata.CreationTimestamp ?? DateTimeOffset.UnixEpoch;
}
