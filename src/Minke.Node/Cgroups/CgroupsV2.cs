using System.Globalization;

namespace Minke.Node.Cgroups;

/// <summary>cgroup v2: one tree, in which a cgroup hands controllers down to its children (https://docs.kernel.org/admin-guide/cgroup-v2.html).</summary>
public sealed class CgroupsV2(string mountPoint, string root, TimeProvider time) : IPodCgroups
{
    private static readonly string[] s_controllers = ["cpu", "cpuset", "io", "memory", "pids", "hugetlb"];

    public string Create(string podUid, PodLimits limits)
    {
        var path = CgroupFiles.PodPath(root, podUid);
        var directory = mountPoint;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            HandDown(directory);
            directory = Path.Combine(directory, name);
            Directory.CreateDirectory(directory);
        }

        HandDown(directory);
        Set(directory, "cpu.weight", Number(Weight(limits.CpuShares)));
        if (limits.CpuQuota is { } quota)
        {
            Set(directory, "cpu.max", $"{Number(quota)} {Number(Containers.LinuxResources.CpuPeriod)}");
        }

        Set(directory, "memory.max", limits.MemoryBytes is { } memory ? Number(memory) : "max");
        Set(directory, "pids.max", limits.Processes is { } processes ? Number(processes) : "max");
        return path;
    }

    public Task RemoveAsync(string podUid, CancellationToken cancellationToken) =>
        CgroupFiles.RemoveAsync(mountPoint + CgroupFiles.PodPath(root, podUid), time, cancellationToken);

    public IReadOnlyList<string> List() => [.. CgroupFiles.PodsIn(mountPoint + root)];

    /// <summary>From v1's 2…262144 to v2's 1…10000, as runc converts it.</summary>
    internal static long Weight(long shares) => 1 + ((Math.Clamp(shares, 2, 262_144) - 2) * 9999 / 262_142);

    private static void HandDown(string directory)
    {
        var available = File.ReadAllText(Path.Combine(directory, "cgroup.controllers")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        foreach (var controller in s_controllers.Intersect(available))
        {
            CgroupFiles.Write(directory, "cgroup.subtree_control", $"+{controller}");
        }
    }

    private static void Set(string directory, string file, string value)
    {
        if (File.Exists(Path.Combine(directory, file)))
        {
            CgroupFiles.Write(directory, file, value);
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
