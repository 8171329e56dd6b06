using Minke.Api;

namespace Minke.Node;

/// <summary>How the node agent is set up. Amounts that the machine decides are in <see cref="MachineFacts"/>.</summary>
public sealed record NodeAgentOptions
{
    public required string NodeName { get; init; }

    /// <summary>The addresses that others reach this node by, the preferred one first.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Where the agent keeps volumes and other files of pods; it may be deleted while no pod runs.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Containers' logs: <c>NAMESPACE_POD_UID/CONTAINER/RESTARTS.log</c> below it.</summary>
    public required string LogDirectory { get; init; }

    /// <summary>The cgroup that all pods' cgroups are made in, for example <c>/minke</c>.</summary>
    public string CgroupRoot { get; init; } = "/minke";

    /// <summary>The range that pods of this node get their addresses from; empty when the agent does not know it.</summary>
    public string PodCidr { get; init; } = "";

    public int MaxPods { get; init; } = 110;

    /// <summary>The most processes and threads that one pod may have; 0: no limit.</summary>
    public long PodProcessesMax { get; init; } = 4096;

    /// <summary>Where the agent serves logs, exec, attach and port-forward.</summary>
    public int StreamingPort { get; init; } = 10250;

    /// <summary>Kept from pods for the system's own processes.</summary>
    public Quantity ReservedCpu { get; init; } = Quantity.FromMilli(0);

    /// <inheritdoc cref="ReservedCpu"/>
    public Quantity ReservedMemory { get; init; } = Quantity.FromBytes(100L << 20);

    /// <summary>More labels for the node.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Name servers of the cluster; empty while there are none, and pods use the node's then.</summary>
    public IReadOnlyList<string> ClusterDns { get; init; } = [];

    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>Where the node's own name servers are read from.</summary>
    public string ResolvConf { get; init; } = "/etc/resolv.conf";

    /// <summary>The least <c>oom_score_adj</c> that this process may give to another one.</summary>
    public int OomScoreAdjustMin { get; init; } = -1000;

    /// <summary>The version that the node reports.</summary>
    public string Version { get; init; } = "v1.36.0-minke";

    /// <summary>How often files in volumes are compared with the config maps and secrets that they come from.</summary>
    public TimeSpan VolumeRefreshInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often everything in the runtime is listed in case an event was missed.</summary>
    public TimeSpan RelistInterval { get; init; } = TimeSpan.FromSeconds(10);
}
