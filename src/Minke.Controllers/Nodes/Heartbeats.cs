using Minke.Api.Coordination;
using Minke.Api.Core;

namespace Minke.Controllers.Nodes;

/// <summary>
/// When each node was last heard of, by this process's own clock: a sign of life is that the lease or the heartbeat changed, not what time it names, so
/// the clocks of nodes need not agree. Thread-safe.
/// </summary>
public sealed class Heartbeats(TimeProvider time)
{
    private readonly Lock _lock = new(); // guards _byNode
    private readonly Dictionary<string, Seen> _byNode = new(StringComparer.Ordinal);

    public void Note(Lease lease) => Note(lease.Metadata.Name, lease.Spec.RenewTime?.Value, null);

    public void Note(Node node)
    {
        DateTimeOffset? heartbeat = null;
        foreach (var condition in node.Status.Conditions)
        {
            // What this controller wrote itself is no sign of life.
            if (condition.Type == "Ready" && condition.Status != "Unknown")
            {
                heartbeat = condition.LastHeartbeatTime;
            }
        }

        Note(node.Metadata.Name, null, heartbeat);
    }

    /// <summary>How long the node has been silent; a node that was never heard of is silent from now on.</summary>
    public TimeSpan SilenceOf(string node)
    {
        lock (_lock)
        {
            return time.GetElapsedTime(Find(node).At);
        }
    }

    public void Forget(string node)
    {
        lock (_lock)
        {
            _byNode.Remove(node);
        }
    }

    private void Note(string node, DateTimeOffset? lease, DateTimeOffset? heartbeat)
    {
        lock (_lock)
        {
            var seen = Find(node);
            if ((lease is not null && lease != seen.Lease) || (heartbeat is not null && heartbeat != seen.Heartbeat))
            {
                _byNode[node] = new Seen(lease ?? seen.Lease, heartbeat ?? seen.Heartbeat, time.GetTimestamp());
            }
        }
    }

    private Seen Find(string node)
    {
        if (!_byNode.TryGetValue(node, out var seen))
        {
            _byNode[node] = seen = new Seen(null, null, time.GetTimestamp());
        }

        return seen;
    }

    private sealed record Seen(DateTimeOffset? Lease, DateTimeOffset? Heartbeat, long At);
}
