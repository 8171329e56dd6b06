using System.Runtime.InteropServices;

namespace Minke.Host;

/// <summary>What a path is, without opening it: opening a pipe waits for its other end.</summary>
public static partial class FileKind
{
    private const int WorkingDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeMask = 1; // STATX_TYPE
    private const int ModeOffset = 28; // stx_mode of struct statx, the same on every architecture
    private const int FormatMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether the path is a regular file: no directory, link, device, pipe or socket.</summary>
    public static unsafe bool IsRegular(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        fixed (byte* start = answer)
        {
            return Statx(WorkingDirectory, path, NoFollow, TypeMask, start) == 0
                && (MemoryMarshal.Read<ushort>(answer[ModeOffset..]) & FormatMask) == Regular;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* answer);
}
