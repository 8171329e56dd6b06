using System.Globalization;

namespace Minke.Host;

/// <summary>Who listens on a TCP port (proc_pid_net(5)).</summary>
public static class PortOwner
{
    private const int LocalAddressField = 1;
    private const int StateField = 3;
    private const int InodeField = 9;
    private const string Listening = "0A";

    /// <summary>The process that listens on a port on any address, or null when nobody does or it cannot be told.</summary>
    public static ProcessIdentity? Find(int port)
    {
        var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .SelectMany(ProcFile.TryReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > InodeField && fields[StateField] == Listening && PortOf(fields[LocalAddressField]) == port)
            .Select(fields => $"socket:[{fields[InodeField]}]")
            .ToHashSet();
        return sockets.Count == 0
            ? null
            : ProcFile.ListProcesses().Where(pid => HasOpen(pid, sockets)).Select(ProcessIdentity.Of).FirstOrDefault(p => p is not null);
    }

    // "0100007F:192B": the address as a hexadecimal number in the machine's byte order, then the port.
    private static int PortOf(string address) =>
        int.TryParse(address.AsSpan(address.IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) ? port : -1;

    private static bool HasOpen(int pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd").Any(fd => sockets.Contains(TargetOf(fd)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile, or it is another user's
        }
    }

    // A file may be closed between the listing and the look at it.
    private static string TargetOf(string fd)
    {
        try
        {
            return File.ResolveLinkTarget(fd, returnFinalTarget: false)?.Name ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
