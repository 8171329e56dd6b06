namespace Minke.Scheduler;

/// <summary>The node has room for what the pod requests, and for one pod more.</summary>
public sealed class ResourcesFilter : IFilter
{
    public ClusterChange WokenBy => ClusterChange.NodeAdded | ClusterChange.NodeAllocatable | ClusterChange.PodRemoved | ClusterChange.PodChanged;

    public bool Concerns(PodModel pod) => true;

    public IReadOnlyList<string>? Refuse(PodModel pod, NodeModel node)
    {
        List<string>? reasons = null;
        var (wanted, has, used) = (pod.Requests, node.Allocatable, node.Requested);
        Check(used.Pods + 1 > has.Pods, "Too many pods");
        Check(wanted.MilliCpu > 0 && wanted.MilliCpu > has.MilliCpu - used.MilliCpu, "Insufficient cpu");
        Check(wanted.Memory > 0 && wanted.Memory > has.Memory - used.Memory, "Insufficient memory");
        Check(wanted.EphemeralStorage > 0 && wanted.EphemeralStorage > has.EphemeralStorage - used.EphemeralStorage, "Insufficient ephemeral-storage");
        foreach (var (name, amount) in wanted.Extended)
        {
            Check(amount > 0 && amount > has.Extended.GetValueOrDefault(name) - used.Extended.GetValueOrDefault(name), "Insufficient " + name);
        }

        return reasons;

        void Check(bool lacking, string reason)
        {
            if (lacking)
            {
                (reasons ??= []).Add(reason);
            }
        }
    }
}
