using System.Globalization;

namespace Minke.Host;

/// <summary>
/// One process, not just one number: process ids are reused, but not together with the time at which the process started
/// (proc_pid_stat(5), field 22, in clock ticks since boot).
/// </summary>
public readonly record struct ProcessIdentity(int Pid, long StartTicks)
{
    private const int StartTimeField = 22;
    private const int StateField = 3;
    private const int ParentField = 4;

    // USER_HZ, the unit of times in /proc, is 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>The process that has this id now, or null when there is none (a zombie does not count).</summary>
    public static ProcessIdentity? Of(int pid)
    {
        if (ReadStat(pid) is not { } fields || fields[StateField - StateField] is "Z" or "X")
        {
            return null;
        }

        return new ProcessIdentity(pid, long.Parse(fields[StartTimeField - StateField], CultureInfo.InvariantCulture));
    }

    /// <summary>All living processes that descend from these, themselves not included.</summary>
    public static IReadOnlyList<ProcessIdentity> DescendantsOf(IEnumerable<ProcessIdentity> ancestors)
    {
        var childrenOf = ProcFile.ListProcesses().ToLookup(ParentOf);
        var found = new List<ProcessIdentity>();
        var next = new Queue<int>(ancestors.Select(a => a.Pid));
        while (next.TryDequeue(out var pid))
        {
            foreach (var child in childrenOf[pid])
            {
                next.Enqueue(child);
                if (Of(child) is { } identity)
                {
                    found.Add(identity);
                }
            }
        }

        return found;
    }

    /// <summary>Whether this very process still runs.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>When the process started.</summary>
    public DateTimeOffset StartedAt(TimeProvider time)
    {
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        return time.GetUtcNow() - TimeSpan.FromSeconds(uptime - (StartTicks / TicksPerSecond));
    }

    /// <summary>Resident memory in bytes; 0 when the process is gone.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = ProcFile.TryReadLines($"/proc/{Pid}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Reads a file written by <see cref="WriteTo"/>; null when there is none, it is damaged, or its process is gone.</summary>
    public static ProcessIdentity? ReadLiving(string file)
    {
        var words = ProcFile.TryReadLines(file).FirstOrDefault()?.Split(' ') ?? [];
        if (words.Length != 2
            || !int.TryParse(words[0], CultureInfo.InvariantCulture, out var pid)
            || !long.TryParse(words[1], CultureInfo.InvariantCulture, out var ticks))
        {
            return null;
        }

        var identity = new ProcessIdentity(pid, ticks);
        return identity.IsAlive ? identity : null;
    }

    /// <summary>Writes "pid ticks", replacing the file in one step.</summary>
    public void WriteTo(string file)
    {
        var next = file + ".next";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{Pid} {StartTicks}\n"));
        File.Move(next, file, overwrite: true);
    }

    private static int ParentOf(int pid) =>
        ReadStat(pid) is { } fields ? int.Parse(fields[ParentField - StateField], CultureInfo.InvariantCulture) : -1;

    // Fields from the third on: the second, the program's name in brackets, may itself hold blanks and brackets.
    private static string[]? ReadStat(int pid)
    {
        var line = ProcFile.TryReadLines($"/proc/{pid}/stat").FirstOrDefault();
        var afterName = line?.LastIndexOf(')') ?? -1;
        return afterName < 0 ? null : line![(afterName + 2)..].Split(' ');
    }
}
