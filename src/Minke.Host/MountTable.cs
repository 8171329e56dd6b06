using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Minke.Host;

/// <summary>The mounts of this machine (proc_pid_mountinfo(5)).</summary>
public static partial class MountTable
{
    private const int MountPointField = 4;
    private const int DetachFlag = 2; // MNT_DETACH
    private const int InvalidArgument = 22; // EINVAL: not a mount point (any more)
    private const int NoEntry = 2;

    /// <summary>All mount points at or below a directory, the deepest and newest first, so that they can be unmounted in this order.</summary>
    public static IReadOnlyList<string> ListBelow(string directory) => ListBelow(directory, ProcFile.TryReadLines("/proc/self/mountinfo"));

    internal static IReadOnlyList<string> ListBelow(string directory, IEnumerable<string> mountInfo)
    {
        var root = directory.TrimEnd('/');
        return [.. mountInfo
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > MountPointField)
            .Select(fields => Unescape(fields[MountPointField]))
            .Where(point => point == root || point.StartsWith(root + "/", StringComparison.Ordinal))
            .Reverse()];
    }

    /// <summary>Unmounts everything at or below a directory, also what is in use (it vanishes when the last user ends).</summary>
    /// <exception cref="Win32Exception">A mount cannot be removed.</exception>
    public static void UnmountBelow(string directory)
    {
        foreach (var point in ListBelow(directory))
        {
            if (Unmount(point, DetachFlag) == 0)
            {
                continue;
            }

            if (Marshal.GetLastPInvokeError() is var error and not (InvalidArgument or NoEntry))
            {
                throw new Win32Exception(error, $"cannot unmount {point}: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    /// <summary>Whether an overlay filesystem can be mounted with its layers in this directory. Some filesystems, overlay itself among them, cannot hold them.</summary>
    public static bool SupportsOverlay(string directory)
    {
        var trial = Path.Combine(directory, ".overlay-trial");
        string Part(string name) => Directory.CreateDirectory(Path.Combine(trial, name)).FullName;
        try
        {
            var (lower, upper, work, target) = (Part("lower"), Part("upper"), Part("work"), Part("target"));
            // containerd stacks layers, so two lower ones are tried.
            var options = $"lowerdir={lower}:{Part("lower2")},upperdir={upper},workdir={work}";
            if (Mount("overlay", target, "overlay", 0, options) != 0)
            {
                return false;
            }

            return Unmount(target, DetachFlag) == 0;
        }
        finally
        {
            if (Directory.Exists(trial))
            {
                Directory.Delete(trial, recursive: true);
            }
        }
    }

    // Blanks, tabs, line ends and backslashes are written as \ooo.
    private static string Unescape(string path)
    {
        if (!path.Contains('\\'))
        {
            return path;
        }

        var text = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '\\' && i + 3 < path.Length)
            {
                text.Append((char)Convert.ToInt32(path.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                text.Append(path[i]);
            }
        }

        return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string options);
}
