using Minke.Api;
using Minke.Api.Core;
using Minke.Node.Containers;

namespace Minke.Node.Cgroups;

/// <summary>Finds out which cgroups the machine has, and what a pod's cgroup is to allow.</summary>
public static class PodCgroups
{
    private const string MountPoint = "/sys/fs/cgroup";

    /// <summary>The implementation for this machine.</summary>
    /// <param name="root">The cgroup of all pods, for example <c>/minke</c>.</param>
    public static IPodCgroups Detect(string root, TimeProvider time) => File.Exists(Path.Combine(MountPoint, "cgroup.controllers"))
        ? new CgroupsV2(MountPoint, root, time)
        : new CgroupsV1(MountPoint, root, time);

    /// <summary>
    /// The sums over the containers, as the kubelet sets them: what init containers need counts where it is more, since they run one after the other
    /// before the others (sidecars run beside them). A resource is limited for the pod when every container limits it.
    /// </summary>
    public static PodLimits LimitsOf(Pod pod, long processesMax)
    {
        var cpu = Total(pod.Spec, static resources => Find(resources.Limits, "cpu")?.MilliValue);
        return new PodLimits(
            LinuxResources.CpuShares(Total(pod.Spec, static resources => LinuxResources.CpuRequestMillis(resources)) ?? 0),
            cpu is > 0 ? LinuxResources.CpuQuota(cpu.Value) : null,
            Total(pod.Spec, static resources => Find(resources.Limits, "memory")?.Value) is > 0 and { } memory ? memory : null,
            processesMax > 0 ? processesMax : null);
    }

    /// <summary>Null when a container has no such amount.</summary>
    private static long? Total(PodSpec spec, Func<ResourceRequirements, long?> amountOf)
    {
        long? sidecars = 0;
        long? initMost = 0;
        foreach (var container in spec.InitContainers)
        {
            var amount = amountOf(container.Resources);
            if (container.RestartPolicy == "Always")
            {
                sidecars += amount;
                initMost = Max(initMost, sidecars);
            }
            else
            {
                initMost = Max(initMost, sidecars + amount);
            }
        }

        var together = sidecars;
        foreach (var container in spec.Containers)
        {
            together += amountOf(container.Resources);
        }

        return Max(together, initMost);
    }

    private static long? Max(long? left, long? right) => left is null || right is null ? null : Math.Max(left.Value, right.Value);

    private static Quantity? Find(ApiMap<Quantity> amounts, string resource) => amounts.TryGetValue(resource, out var amount) ? amount : (Quantity?)null;
}
