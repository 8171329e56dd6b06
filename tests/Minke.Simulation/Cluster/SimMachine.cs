using Minke.Client;

namespace Minke.Simulation.Cluster;

/// <summary>A pod's containers as they run on a machine, whether or not an agent looks after them.</summary>
public sealed class MachinePod(ObjectKey key, string uid)
{
    public ObjectKey Key { get; } = key;
    public string Uid { get; } = uid;
    public bool IsUp { get; set; }
    public int Restarts { get; set; }
}

/// <summary>A machine: its containers outlive the agent that started them.</summary>
public sealed class SimMachine(string name)
{
    private readonly SortedDictionary<string, MachinePod> _pods = new(StringComparer.Ordinal); // by uid

    public string Name => name;

    public IEnumerable<MachinePod> Pods => _pods.Values;

    /// <summary>Told the key of a pod whose container ended by itself.</summary>
    public Action<ObjectKey> Exited { get; set; } = static _ => { };

    public MachinePod? Find(string uid) => _pods.GetValueOrDefault(uid);

    public MachinePod Start(ObjectKey key, string uid)
    {
        if (!_pods.TryGetValue(uid, out var pod))
        {
            _pods[uid] = pod = new MachinePod(key, uid);
        }
        else if (!pod.IsUp)
        {
            pod.Restarts++;
        }

        pod.IsUp = true;
        return pod;
    }

    public void Remove(string uid) => _pods.Remove(uid);

    public void CrashContainer(MachinePod pod)
    {
        pod.IsUp = false;
        Exited(pod.Key);
    }

    /// <summary>The machine is switched off and comes back empty.</summary>
    public void Wipe() => _pods.Clear();
}
