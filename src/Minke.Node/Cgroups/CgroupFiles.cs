using System.Text;

namespace Minke.Node.Cgroups;

/// <summary>What both versions of the cgroup file system have in common.</summary>
internal static class CgroupFiles
{
    private const string Prefix = "pod";
    private static readonly TimeSpan s_busyPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_busyPatience = TimeSpan.FromSeconds(5);

    /// <summary>Below the root of a hierarchy.</summary>
    public static string PodPath(string root, string podUid) => $"{root.TrimEnd('/')}/{Prefix}{podUid}";

    /// <summary>Control files take one whole value per write and must not be truncated or replaced.</summary>
    public static void Write(string directory, string file, string value)
    {
        using var stream = new FileStream(Path.Combine(directory, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes(value));
    }

    public static IEnumerable<string> PodsIn(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory, $"{Prefix}*").Select(static path => Path.GetFileName(path)[Prefix.Length..])
        : [];

    /// <summary>Removes a cgroup with those below it. The kernel refuses for a moment after the last process has ended.</summary>
    public static async Task RemoveAsync(string directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                RemoveTree(directory);
                return;
            }
            catch (IOException) when (Directory.Exists(directory) && time.GetElapsedTime(started) < s_busyPatience)
            {
                await Task.Delay(s_busyPause, time, cancellationToken);
            }
        }
    }

    private static void RemoveTree(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var child in Directory.EnumerateDirectories(directory))
        {
            RemoveTree(child);
        }

        // Its files cannot be removed, and need not be.
        Directory.Delete(directory, recursive: false);
    }
}
