namespace Minke.Host;

/// <summary>Reading files that may vanish while they are read, as those under /proc do when their process ends.</summary>
public static class ProcFile
{
    /// <summary>The file's lines; none when it is not there (any more).</summary>
    public static string[] TryReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The arguments of a process; none when it is gone or a kernel thread.</summary>
    public static string[] ReadCommandLine(int pid) =>
        string.Join('\n', TryReadLines($"/proc/{pid}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The ids of all processes that are visible now.</summary>
    public static IEnumerable<int> ListProcesses()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), out var pid))
            {
                yield return pid;
            }
        }
    }
}
