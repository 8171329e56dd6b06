using System.Collections.Concurrent;
using Minke.Node.Cgroups;

namespace Minke.Testing.Runtime;

/// <summary>Cgroups in memory.</summary>
public sealed class FakeCgroups : IPodCgroups
{
    private readonly ConcurrentDictionary<string, PodLimits> _pods = new(StringComparer.Ordinal);

    /// <summary>The limits of the pods that have a cgroup, by uid.</summary>
    public IReadOnlyDictionary<string, PodLimits> Pods => _pods;

    public string Create(string podUid, PodLimits limits)
    {
        _pods[podUid] = limits;
        return $"/fake/pod{podUid}";
    }

    public Task RemoveAsync(string podUid, CancellationToken cancellationToken)
    {
        _pods.TryRemove(podUid, out _);
        return Task.CompletedTask;
    }

    public IReadOnlyList<string> List() => [.. _pods.Keys.Order(StringComparer.Ordinal)];
}
