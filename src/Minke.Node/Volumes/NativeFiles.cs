using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Minke.Node.Volumes;

/// <summary>The system calls that volumes need and .NET does not have. Failures are <see cref="IOException"/> with the system's reason.</summary>
internal static partial class NativeFiles
{
    private const int NoEntry = 2;
    private const int CurrentDirectory = -100;
    private const uint MountBind = 0x1000;
    private const uint MountRecursive = 0x4000;
    private const uint MountNoSuid = 2;
    private const uint MountNoDev = 4;
    private const int UnmountDetach = 2;
    private const ulong OpenPath = 0x200000;
    private const ulong OpenCloseOnExec = 0x80000;
    private const ulong OpenDirectory = 0x10000;
    // openat2(2): links are followed as if the volume were the root of the file system, magic links not at all.
    private const ulong ResolveNoMagicLinks = 0x02;
    private const ulong ResolveInRoot = 0x10;
    private const nint OpenAt2 = 437;

    /// <summary>Mounts an empty file system in memory.</summary>
    /// <param name="options">For example <c>size=1048576</c>.</param>
    public static void MountTmpfs(string target, string options) => Check(Mount("tmpfs", target, "tmpfs", MountNoSuid | MountNoDev, options), $"mount tmpfs at {target}");

    /// <summary>Makes an open file or directory visible at <paramref name="target"/> too.</summary>
    public static void BindMount(SafeFileHandle source, string target) =>
        Check(Mount(PathOf(source), target, null, MountBind | MountRecursive, null), $"bind mount at {target}");

    /// <summary>Puts a file, or a link itself, in another's place in one step. File.Move would look at what a link leads to.</summary>
    public static void Replace(string source, string target) => Check(Rename(source, target), $"rename {source} to {target}");

    public static void Unmount(string target) => Check(Umount2(target, UnmountDetach), $"unmount {target}");

    /// <summary>The group may read and write, and what is made in a directory belongs to the group as well.</summary>
    public static void GiveToGroup(string path, uint group)
    {
        Check(Lchown(path, uint.MaxValue, group), $"change the group of {path}");
        if (File.ResolveLinkTarget(path, returnFinalTarget: false) is not null)
        {
            return;
        }

        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | ReadWrite | (Directory.Exists(path) ? Enter : 0));
    }

    /// <summary>
    /// Opens what <paramref name="path"/> means inside <paramref name="root"/>; links cannot lead out of it, also when a process of the pod changes
    /// them meanwhile. Directories that are missing are made.
    /// </summary>
    public static SafeFileHandle OpenInside(string root, string path)
    {
        using var directory = Open(null, root, OpenPath | OpenDirectory | OpenCloseOnExec, 0);
        if (TryOpen(directory, path, out var found, out var error))
        {
            return found;
        }

        if (error != NoEntry)
        {
            throw Failure(error, $"open {path} in {root}");
        }

        var made = "";
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var parent = made.Length == 0 ? "." : made;
            made = made.Length == 0 ? name : $"{made}/{name}";
            if (TryOpen(directory, made, out var step, out _))
            {
                step.Dispose();
                continue;
            }

            using var above = Open(directory, parent, OpenPath | OpenDirectory | OpenCloseOnExec, ResolveInRoot | ResolveNoMagicLinks);
            Check(Mkdirat((int)above.DangerousGetHandle(), name, Convert.ToUInt32("755", 8)), $"make {made} in {root}");
        }

        return Open(directory, path, OpenPath | OpenCloseOnExec, ResolveInRoot | ResolveNoMagicLinks);
    }

    /// <summary>A path that means the open file, whatever its name means by now.</summary>
    public static string PathOf(SafeFileHandle handle) => $"/proc/self/fd/{handle.DangerousGetHandle()}";

    private static bool TryOpen(SafeFileHandle directory, string path, out SafeFileHandle found, out int error)
    {
        var how = new OpenHow(OpenPath | OpenCloseOnExec, 0, ResolveInRoot | ResolveNoMagicLinks);
        var descriptor = Syscall(OpenAt2, directory.DangerousGetHandle(), path, ref how, Marshal.SizeOf<OpenHow>());
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        found = new SafeFileHandle(descriptor, ownsHandle: descriptor >= 0);
        return descriptor >= 0;
    }

    private static SafeFileHandle Open(SafeFileHandle? directory, string path, ulong flags, ulong resolve)
    {
        var how = new OpenHow(flags, 0, resolve);
        var descriptor = Syscall(OpenAt2, directory?.DangerousGetHandle() ?? CurrentDirectory, path, ref how, Marshal.SizeOf<OpenHow>());
        Check(descriptor < 0 ? -1 : 0, $"open {path}");
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw Failure(Marshal.GetLastPInvokeError(), what);
        }
    }

    private static IOException Failure(int error, string what) => new($"cannot {what}: {new Win32Exception(error).Message}");

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow(ulong flags, ulong mode, ulong resolve)
    {
        public ulong Flags = flags;
        public ulong Mode = mode;
        public ulong Resolve = resolve;
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string? type, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string source, string target);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Umount2(string target, int flags);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Lchown(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mkdirat(int directory, string path, uint mode);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Syscall(nint number, nint directory, string path, ref OpenHow how, nint size);
}
