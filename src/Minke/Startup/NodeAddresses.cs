using System.Net;
using System.Net.Sockets;

namespace Minke.Startup;

/// <summary>The address that others reach this machine by.</summary>
internal static class NodeAddresses
{
    // A documentation address (RFC 5737): it is routed like any other, and nothing is sent when a datagram socket is connected.
    private static readonly IPEndPoint s_elsewhere = new(IPAddress.Parse("203.0.113.1"), 9);

    /// <summary>The source address of the default route; loopback when the machine has none.</summary>
    public static IPAddress FindPrimary()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Connect(s_elsewhere);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return IPAddress.Loopback;
        }
    }
}
