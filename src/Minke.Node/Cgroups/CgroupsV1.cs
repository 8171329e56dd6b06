using System.Globalization;

namespace Minke.Node.Cgroups;

/// <summary>
/// cgroup v1, also with a v2 tree beside it for processes only (hybrid): one hierarchy per controller
/// (https://docs.kernel.org/admin-guide/cgroup-v1/cgroups.html).
/// </summary>
public sealed class CgroupsV1(string mountPoint, string root, TimeProvider time) : IPodCgroups
{
    public string Create(string podUid, PodLimits limits)
    {
        var path = CgroupFiles.PodPath(root, podUid);
        foreach (var hierarchy in Hierarchies())
        {
            var directory = hierarchy + path;
            if (Path.GetFileName(hierarchy) == "cpuset" && !Directory.Exists(directory))
            {
                InheritCpuset(hierarchy, path);
            }

            Directory.CreateDirectory(directory);
        }

        SetLimits(path, limits);
        return path;
    }

    public async Task RemoveAsync(string podUid, CancellationToken cancellationToken)
    {
        foreach (var hierarchy in Hierarchies())
        {
            await CgroupFiles.RemoveAsync(hierarchy + CgroupFiles.PodPath(root, podUid), time, cancellationToken);
        }
    }

    public IReadOnlyList<string> List() => [.. Hierarchies().SelectMany(hierarchy => CgroupFiles.PodsIn($"{hierarchy}{root}")).Distinct(StringComparer.Ordinal)];

    private IEnumerable<string> Hierarchies()
    {
        foreach (var hierarchy in Directory.EnumerateDirectories(mountPoint).Order(StringComparer.Ordinal))
        {
            // Two controllers in one hierarchy are reached by links as well.
            if (new DirectoryInfo(hierarchy).LinkTarget is null && File.Exists(Path.Combine(hierarchy, "cgroup.procs")))
            {
                yield return hierarchy;
            }
        }
    }

    private void SetLimits(string path, PodLimits limits)
    {
        Set("cpu", path, "cpu.shares", limits.CpuShares);
        if (limits.CpuQuota is { } quota)
        {
            Set("cpu", path, "cpu.cfs_period_us", Containers.LinuxResources.CpuPeriod);
            Set("cpu", path, "cpu.cfs_quota_us", quota);
        }

        if (limits.MemoryBytes is { } memory)
        {
            Set("memory", path, "memory.limit_in_bytes", memory);
        }

        if (limits.Processes is { } processes)
        {
            Set("pids", path, "pids.max", processes);
        }
    }

    private void Set(string controller, string path, string file, long value)
    {
        var directory = $"{Path.Combine(mountPoint, controller)}{path}";
        if (File.Exists(Path.Combine(directory, file)))
        {
            CgroupFiles.Write(directory, file, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A new cpuset has no processors and takes no process until it is given its parent's.</summary>
    private static void InheritCpuset(string hierarchy, string path)
    {
        var directory = hierarchy;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var parent = directory;
            directory = Path.Combine(directory, name);
            Directory.CreateDirectory(directory);
            foreach (var file in (ReadOnlySpan<string>)["cpuset.cpus", "cpuset.mems"])
            {
                if (File.ReadAllText(Path.Combine(directory, file)).Trim().Length == 0)
                {
                    CgroupFiles.Write(directory, file, File.ReadAllText(Path.Combine(parent, file)).Trim());
                }
            }
        }
    }
}
