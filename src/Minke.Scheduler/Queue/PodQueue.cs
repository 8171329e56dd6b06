using Minke.Client;

namespace Minke.Scheduler;

/// <summary>
/// The pods that wait for a node: ready ones ordered by priority and then by age, ones that failed and wait out a backoff, and ones that no node can take,
/// which wait for a change that could help (and are looked at again after a while in any case). Not thread-safe; the scheduler's lock guards it.
/// </summary>
public sealed class PodQueue(TimeProvider time)
{
    private static readonly Backoff s_backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    private static readonly TimeSpan s_unschedulableMax = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Waiting> _byUid = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(Waiting Waiting, int Version), (long NegatedPriority, long Sequence)> _ready = new();
    private readonly PriorityQueue<(Waiting Waiting, int Version), (DateTimeOffset Due, long Sequence)> _delayed = new();
    private readonly LinkedList<Waiting> _unschedulable = new();
    private long _sequence;

    public int Count => _byUid.Count;

    public bool Contains(string uid) => _byUid.ContainsKey(uid);

    /// <summary>Adds a pod, or takes note of its newer state; if that could help, it is ready again.</summary>
    /// <param name="specChanged">Something that decides about the placement changed.</param>
    public void Set(PodModel pod, bool specChanged)
    {
        if (!_byUid.TryGetValue(pod.Uid, out var waiting))
        {
            waiting = new Waiting(pod, _sequence++);
            _byUid[pod.Uid] = waiting;
            MakeReady(waiting);
            return;
        }

        waiting.Pod = pod;
        if (specChanged && waiting.State == State.Unschedulable)
        {
            waiting.Failures = 0;
            MakeReady(waiting);
        }
    }

    public void Remove(string uid)
    {
        if (_byUid.Remove(uid, out var waiting))
        {
            Leave(waiting);
        }
    }

    /// <summary>Takes the next ready pod. It stays known until <see cref="Remove"/>; <see cref="Retry"/> or <see cref="Park"/> puts it back.</summary>
    public PodModel? TryTake()
    {
        ReleaseDue();
        while (_ready.TryDequeue(out var entry, out _))
        {
            if (entry.Version == entry.Waiting.Version)
            {
                entry.Waiting.Version++;
                entry.Waiting.State = State.Taken;
                return entry.Waiting.Pod;
            }
        }

        return null;
    }

    /// <summary>The attempt failed for a reason that passes: try again after a backoff.</summary>
    public void Retry(string uid)
    {
        if (_byUid.TryGetValue(uid, out var waiting) && waiting.State == State.Taken)
        {
            waiting.Failures++;
            waiting.BackoffEnds = time.GetUtcNow() + s_backoff.Delay(waiting.Failures);
            Delay(waiting);
        }
    }

    /// <summary>No node can take the pod until one of <paramref name="wokenBy"/> happens.</summary>
    public void Park(string uid, ClusterChange wokenBy)
    {
        if (_byUid.TryGetValue(uid, out var waiting) && waiting.State == State.Taken)
        {
            waiting.Failures++;
            waiting.BackoffEnds = time.GetUtcNow() + s_backoff.Delay(waiting.Failures);
            waiting.WokenBy = wokenBy;
            waiting.ParkedAt = time.GetUtcNow();
            waiting.State = State.Unschedulable;
            waiting.Node = _unschedulable.AddLast(waiting);
        }
    }

    /// <summary>Something changed: the parked pods that it could help are tried again, after what is left of their backoff.</summary>
    public void Wake(ClusterChange change)
    {
        for (var node = _unschedulable.First; node is not null;)
        {
            var next = node.Next;
            if ((node.Value.WokenBy & change) != 0)
            {
                Resume(node.Value);
            }

            node = next;
        }
    }

    /// <summary>When <see cref="TryTake"/> may have something although nothing else happened; null: never.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            while (_delayed.TryPeek(out var entry, out _) && entry.Version != entry.Waiting.Version)
            {
                _delayed.Dequeue();
            }

            DateTimeOffset? delayed = _delayed.TryPeek(out _, out var order) ? order.Due : null;
            var parked = _unschedulable.First?.Value.ParkedAt + s_unschedulableMax;
            return delayed is null || parked < delayed ? parked : delayed;
        }
    }

    private void ReleaseDue()
    {
        var now = time.GetUtcNow();
        while (_unschedulable.First is { } first && first.Value.ParkedAt + s_unschedulableMax <= now)
        {
            Resume(first.Value);
        }

        while (_delayed.TryPeek(out var entry, out var order) && order.Due <= now)
        {
            _delayed.Dequeue();
            if (entry.Version == entry.Waiting.Version)
            {
                MakeReady(entry.Waiting);
            }
        }
    }

    private void Resume(Waiting waiting)
    {
        Leave(waiting);
        if (waiting.BackoffEnds <= time.GetUtcNow())
        {
            MakeReady(waiting);
        }
        else
        {
            Delay(waiting);
        }
    }

    private void MakeReady(Waiting waiting)
    {
        Leave(waiting);
        waiting.State = State.Ready;
        _ready.Enqueue((waiting, waiting.Version), (-(long)waiting.Pod.Priority, waiting.Sequence));
    }

    private void Delay(Waiting waiting)
    {
        Leave(waiting);
        waiting.State = State.Delayed;
        _delayed.Enqueue((waiting, waiting.Version), (waiting.BackoffEnds, waiting.Sequence));
    }

    /// <summary>Leaves where the pod waits; entries in the heaps become void by their version.</summary>
    private void Leave(Waiting waiting)
    {
        waiting.Version++;
        if (waiting.Node is { } node)
        {
            _unschedulable.Remove(node);
            waiting.Node = null;
        }
    }

    private enum State
    {
        Ready,
        Taken,
        Delayed,
        Unschedulable,
    }

    private sealed class Waiting(PodModel pod, long sequence)
    {
        public PodModel Pod { get; set; } = pod;
        public long Sequence { get; } = sequence;
        public State State { get; set; }
        public int Version { get; set; }
        public int Failures { get; set; }
        public DateTimeOffset BackoffEnds { get; set; }
        public ClusterChange WokenBy { get; set; }
        public DateTimeOffset ParkedAt { get; set; }
        public LinkedListNode<Waiting>? Node { get; set; }
    }
}
