namespace Minke.Scheduler;

/// <summary>The ports of the node that the pod wants are free.</summary>
public sealed class PortsFilter : IFilter
{
    private static readonly string[] s_reasons = ["node(s) didn't have free ports for the requested pod ports"];

    public ClusterChange WokenBy => ClusterChange.NodeAdded | ClusterChange.PodRemoved;

    public bool Concerns(PodModel pod) => pod.HostPorts.Length > 0;

    public IReadOnlyList<string>? Refuse(PodModel pod, NodeModel node)
    {
        foreach (var wanted in pod.HostPorts)
        {
            foreach (var used in node.UsedPorts)
            {
                if (wanted.CollidesWith(used))
                {
                    return s_reasons;
                }
            }
        }

        return null;
    }
}
