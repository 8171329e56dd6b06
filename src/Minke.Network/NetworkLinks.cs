using System.Buffers.Binary;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Minke.Network;

/// <summary>The machine's network interfaces, through rtnetlink(7), so that no other program is needed to remove one.</summary>
internal static partial class NetworkLinks
{
    private const int NetlinkFamily = 16;
    private const int RawSocket = 3;
    private const int CloseOnExec = 0x80000;
    private const ushort DeleteLink = 17; // RTM_DELLINK
    private const ushort RequestAndAcknowledge = 0x1 | 0x4;
    private const int HeaderBytes = 16; // struct nlmsghdr
    private const int MessageBytes = HeaderBytes + 16; // and struct ifinfomsg
    private const int NoSuchDevice = 19;

    /// <summary>The interfaces that are plugged into a bridge.</summary>
    public static IReadOnlyList<string> ListBridgePorts(string bridge)
    {
        var directory = $"/sys/class/net/{bridge}/brif";
        return Directory.Exists(directory) ? [.. Directory.EnumerateFileSystemEntries(directory).Select(p => Path.GetFileName(p))] : [];
    }

    /// <summary>Deletes an interface. Nothing happens when there is none of this name.</summary>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    public static void Delete(string name)
    {
        var indexFile = $"/sys/class/net/{name}/ifindex";
        if (!File.Exists(indexFile))
        {
            return;
        }

        var index = int.Parse(File.ReadAllText(indexFile), CultureInfo.InvariantCulture);
        var error = Request(index);
        if (error != 0 && error != NoSuchDevice)
        {
            throw new Win32Exception(error, $"cannot delete the network interface {name}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    private static unsafe int Request(int interfaceIndex)
    {
        Span<byte> request = stackalloc byte[MessageBytes];
        request.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(request, MessageBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(request[4..], DeleteLink);
        BinaryPrimitives.WriteUInt16LittleEndian(request[6..], RequestAndAcknowledge);
        BinaryPrimitives.WriteInt32LittleEndian(request[(HeaderBytes + 4)..], interfaceIndex);

        var socket = Socket(NetlinkFamily, RawSocket | CloseOnExec, 0);
        if (socket < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        try
        {
            Span<byte> answer = stackalloc byte[1024];
            fixed (byte* requestStart = request, answerStart = answer)
            {
                if (Send(socket, requestStart, MessageBytes, 0) < 0 || Receive(socket, answerStart, (nuint)answer.Length, 0) < HeaderBytes + 4)
                {
                    return Marshal.GetLastPInvokeError();
                }
            }

            // The acknowledgement is an error message whose code is the negative errno, 0 for success.
            return -BinaryPrimitives.ReadInt32LittleEndian(answer[HeaderBytes..]);
        }
        finally
        {
            _ = Close(socket);
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static unsafe partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static unsafe partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
