using System.Runtime.InteropServices;

namespace Minke.Node.Volumes;

internal enum SpecialFileKind
{
    /// <summary>A file, a directory, something else, or nothing.</summary>
    None,
    Socket,
    CharacterDevice,
    BlockDevice,
}

/// <summary>Tells sockets and devices apart, which .NET does not.</summary>
internal static partial class SpecialFile
{
    private const int CurrentDirectory = -100;
    private const uint WantType = 1;
    // struct statx (statx(2)): the mode is 28 bytes in; the whole is 256 bytes.
    private const int ModeOffset = 28;
    private const int StatSize = 256;

    public static unsafe SpecialFileKind KindOf(string path)
    {
        var buffer = stackalloc byte[StatSize];
        if (Statx(CurrentDirectory, path, 0, WantType, buffer) < 0)
        {
            return SpecialFileKind.None;
        }

        return (*(ushort*)(buffer + ModeOffset) & 0xF000) switch
        {
            0xC000 => SpecialFileKind.Socket,
            0x2000 => SpecialFileKind.CharacterDevice,
            0x6000 => SpecialFileKind.BlockDevice,
            _ => SpecialFileKind.None,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);
}
