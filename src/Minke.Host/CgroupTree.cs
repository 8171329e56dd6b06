namespace Minke.Host;

/// <summary>A control group and everything below it, in every hierarchy that the machine has mounted (cgroups(7): version 1, 2 or both).</summary>
public static class CgroupTree
{
    private const string Root = "/sys/fs/cgroup";
    private static readonly TimeSpan EmptyInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Kills every process in a control group of the top level and removes the group. Nothing happens when there is none.</summary>
    /// <param name="name">Its name, without slashes.</param>
    /// <exception cref="TimeoutException">It does not get empty.</exception>
    public static async Task RemoveAsync(string name, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var groups = FindAll(name);
            foreach (var pid in groups.SelectMany(ListProcesses).Distinct())
            {
                if (ProcessIdentity.Of(pid) is { } process)
                {
                    Signals.Kill(process);
                }
            }

            groups.ForEach(TryRemove);
            if (FindAll(name) is [])
            {
                return;
            }

            if (time.GetElapsedTime(start) > patience)
            {
                throw new TimeoutException($"the control group {FindAll(name)[0]} is still in use");
            }

            await Task.Delay(EmptyInterval, time, cancellationToken);
        }
    }

    // Children before their parents, as they must be removed.
    private static List<string> FindAll(string name)
    {
        var tops = Directory.EnumerateDirectories(Root).Append(Root).Select(hierarchy => Path.Combine(hierarchy, name)).Where(Directory.Exists);
        return
        [
            .. tops.SelectMany(top => Directory.EnumerateDirectories(top, "*", SearchOption.AllDirectories).Append(top))
                .OrderByDescending(path => path.Length),
        ];
    }

    private static IEnumerable<int> ListProcesses(string group) =>
        ProcFile.TryReadLines(Path.Combine(group, "cgroup.procs")).Select(line => int.TryParse(line, out var pid) ? pid : 0).Where(pid => pid > 0);

    // rmdir(2) also where the group shows files, which are the kernel's and cannot be deleted.
    private static void TryRemove(string group)
    {
        try
        {
            Directory.Delete(group);
        }
        catch (IOException)
        {
            return; // still busy; the next round tries again
        }
    }
}
