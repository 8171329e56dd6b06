using System.Collections.Concurrent;

namespace Minke.Node.Pods;

/// <summary>Which worker a container or sandbox of the runtime belongs to. Thread-safe.</summary>
internal sealed class RuntimeRoutes
{
    private readonly ConcurrentDictionary<string, PodWorker> _workers = new(StringComparer.Ordinal);

    public void Add(string id, PodWorker worker) => _workers[id] = worker;

    public PodWorker? Find(string id) => _workers.GetValueOrDefault(id);

    public void RemoveAll(PodWorker worker)
    {
        foreach (var (id, owner) in _workers)
        {
            if (ReferenceEquals(owner, worker))
            {
                _workers.TryRemove(id, out _);
            }
        }
    }
}
