using Minke.Client;

namespace Minke.Controllers.Replication;

/// <summary>
/// What a controller has asked for and not yet seen in its cache. As long as something is outstanding the cache lags behind, and counting pods would make
/// too many or delete too many. Outstanding things are given up after a while, in case a watch lost them. Thread-safe.
/// </summary>
public sealed class Expectations(TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new(); // guards _byController
    private readonly Dictionary<ObjectKey, Outstanding> _byController = [];

    /// <summary>Nothing is outstanding, or it was for too long.</summary>
    public bool AreMet(ObjectKey controller)
    {
        lock (_lock)
        {
            return !_byController.TryGetValue(controller, out var outstanding)
                || (outstanding.Creations <= 0 && outstanding.Deletions.Count == 0)
                || time.GetElapsedTime(outstanding.Since) > s_patience;
        }
    }

    public void ExpectCreations(ObjectKey controller, int count)
    {
        lock (_lock)
        {
            Begin(controller).Creations = count;
        }
    }

    public void ExpectDeletions(ObjectKey controller, IEnumerable<string> podUids)
    {
        lock (_lock)
        {
            Begin(controller).Deletions.UnionWith(podUids);
        }
    }

    /// <summary>A creation was seen, or will not come.</summary>
    public void CreationSeen(ObjectKey controller, int count = 1)
    {
        lock (_lock)
        {
            if (_byController.TryGetValue(controller, out var outstanding))
            {
                outstanding.Creations = Math.Max(0, outstanding.Creations - count);
            }
        }
    }

    /// <summary>A deletion was seen, or will not come.</summary>
    public void DeletionSeen(ObjectKey controller, string podUid)
    {
        lock (_lock)
        {
            if (_byController.TryGetValue(controller, out var outstanding))
            {
                outstanding.Deletions.Remove(podUid);
            }
        }
    }

    public void Forget(ObjectKey controller)
    {
        lock (_lock)
        {
            _byController.Remove(controller);
        }
    }

    private Outstanding Begin(ObjectKey controller) => _byController[controller] = new Outstanding(time.GetTimestamp());

    private sealed class Outstanding(long since)
    {
        public long Since { get; } = since;
        public int Creations { get; set; }
        public HashSet<string> Deletions { get; } = new(StringComparer.Ordinal);
    }
}
