using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Registration;

/// <summary>How this node describes itself.</summary>
internal sealed class NodeDescription(NodeAgentOptions options, MachineFacts machine)
{
    private const string OperatingSystem = "linux";

    public IReadOnlyDictionary<string, Quantity> Capacity { get; } = new Dictionary<string, Quantity>(StringComparer.Ordinal)
    {
        ["cpu"] = Quantity.FromUnits(machine.Processors),
        ["memory"] = Quantity.FromBytes(machine.MemoryBytes),
        ["ephemeral-storage"] = Quantity.FromBytes(machine.DiskBytes),
        ["pods"] = Quantity.FromUnits(options.MaxPods),
    };

    /// <summary>What pods may have: all but what is kept for the system.</summary>
    public IReadOnlyDictionary<string, Quantity> Allocatable { get; } = new Dictionary<string, Quantity>(StringComparer.Ordinal)
    {
        ["cpu"] = Quantity.FromMilli(Math.Max(0, (machine.Processors * 1000L) - options.ReservedCpu.MilliValue)),
        ["memory"] = Quantity.FromBytes(Math.Max(0, machine.MemoryBytes - options.ReservedMemory.Value)),
        ["ephemeral-storage"] = Quantity.FromBytes(machine.DiskBytes),
        ["pods"] = Quantity.FromUnits(options.MaxPods),
    };

    public Minke.Api.Core.Node NewNode()
    {
        var node = new Minke.Api.Core.Node();
        node.Metadata.Name = options.NodeName;
        foreach (var (key, value) in Labels())
        {
            node.Metadata.Labels[key] = value;
        }

        node.Spec.PodCIDR = options.PodCidr;
        if (options.PodCidr.Length > 0)
        {
            node.Spec.PodCIDRs.Add(options.PodCidr);
        }

        return node;
    }

    /// <summary>The node with our labels and address range; null when it has them. Labels of others stay.</summary>
    public Minke.Api.Core.Node? WithMetadata(Minke.Api.Core.Node node)
    {
        var missing = Labels().Where(label => !node.Metadata.Labels.TryGetValue(label.Key, out var value) || value != label.Value).ToList();
        var setRange = options.PodCidr.Length > 0 && node.Spec.PodCIDR.Length == 0;
        if (missing.Count == 0 && !setRange)
        {
            return null;
        }

        var changed = node.Clone();
        foreach (var (key, value) in missing)
        {
            changed.Metadata.Labels[key] = value;
        }

        if (setRange)
        {
            changed.Spec.PodCIDR = options.PodCidr;
            changed.Spec.PodCIDRs.Add(options.PodCidr);
        }

        return changed;
    }

    public bool IsReady(Minke.Api.Core.Node node) => node.Status.Conditions.Any(static condition => condition is { Type: "Ready", Status: "True" });

    public Minke.Api.Core.Node WithStatus(Minke.Api.Core.Node node, RuntimeHealth health, DateTimeOffset now)
    {
        var result = node.Clone();
        var status = result.Status;
        status.Capacity = new ApiMap<Quantity>(Capacity);
        status.Allocatable = new ApiMap<Quantity>(Allocatable);
        status.Addresses = [.. options.Addresses.Select(static address => new NodeAddress { Type = "InternalIP", Address = address })];
        status.Addresses.Add(new NodeAddress { Type = "Hostname", Address = options.NodeName });
        status.DaemonEndpoints.KubeletEndpoint.Port = options.StreamingPort;
        SetInfo(status.NodeInfo, health);
        Put(status, "MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available", now);
        Put(status, "DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now);
        Put(status, "PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available", now);
        Put(status, "Ready", health.IsReady, health.IsReady ? "KubeletReady" : "KubeletNotReady", health.IsReady ? "the node agent is ready" : health.Message, now);
        return result;
    }

    private IEnumerable<KeyValuePair<string, string>> Labels() =>
    [
        new("kubernetes.io/hostname", options.NodeName),
        new("kubernetes.io/os", OperatingSystem),
        new("kubernetes.io/arch", machine.Architecture),
        .. options.Labels,
    ];

    private void SetInfo(NodeSystemInfo info, RuntimeHealth health)
    {
        info.MachineID = machine.MachineId;
        info.SystemUUID = machine.SystemUuid;
        info.BootID = machine.BootId;
        info.KernelVersion = machine.KernelVersion;
        info.OsImage = machine.OsImage;
        info.ContainerRuntimeVersion = health.RuntimeVersion.Length > 0 ? health.RuntimeVersion : info.ContainerRuntimeVersion;
        info.KubeletVersion = options.Version;
        info.KubeProxyVersion = "";
        info.OperatingSystem = OperatingSystem;
        info.Architecture = machine.Architecture;
    }

    private static void Put(NodeStatus status, string type, bool value, string reason, string message, DateTimeOffset now)
    {
        var condition = status.Conditions.FirstOrDefault(condition => condition.Type == type);
        if (condition is null)
        {
            status.Conditions.Add(condition = new NodeCondition { Type = type });
        }

        var text = value ? "True" : "False";
        if (condition.Status != text)
        {
            condition.LastTransitionTime = now;
        }

        condition.Status = text;
        condition.Reason = reason;
        condition.Message = message;
        condition.LastHeartbeatTime = now;
    }
}
