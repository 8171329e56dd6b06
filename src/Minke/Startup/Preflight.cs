using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Minke.Host;
using Minke.Network;
using Minke.Node.Images;

namespace Minke.Startup;

/// <summary>
/// What must be so before anything is started or written. Each check that fails is one sentence that says what is wrong and what to do.
/// </summary>
internal static class Preflight
{
    private const long FreeBytesMin = 512L * 1024 * 1024;

    // Which Debian package each program or file comes from.
    private static readonly (string Program, string Package)[] Needed =
    [
        ("containerd", "containerd"),
        ("ctr", "containerd"),
        ("runc", "runc"),
        ("nft", "nftables"),
        ("iptables", "iptables"),
        ("iptables-save", "iptables"),
        ("/usr/lib/cni/bridge", "containernetworking-plugins"),
        ("/usr/lib/cni/host-local", "containernetworking-plugins"),
        ("/usr/lib/cni/portmap", "containernetworking-plugins"),
        ("/usr/lib/cni/loopback", "containernetworking-plugins"),
        (BuiltInImages.BusyboxPath, "busybox-static"),
    ];

    /// <exception cref="StartException">Something is not so.</exception>
    public static void RequireRoot(string verb)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new StartException($"'minke {verb}' must run as root, because it manages containers, mounts and networks; use sudo");
        }
    }

    /// <exception cref="StartException">Something is not so.</exception>
    public static void Check(UpOptions options)
    {
        RequireRoot("up");
        RequireProcessor();
        DataFormat.Check(options.Instance.DataDirectory);
        RequirePrograms(options);
        RequireSpace(options.Instance);
        RequirePorts(options);
        RequireFreeSubnet(options);
        RequireRuntime(options);
    }

    private static void RequireProcessor()
    {
        if (RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new StartException($"Minke runs on x86-64 processors only, this one is {RuntimeInformation.OSArchitecture}");
        }
    }

    private static void RequirePrograms(UpOptions options)
    {
        var needed = options.RuntimeEndpoint is null ? Needed : Needed.Where(n => n.Package is not ("containerd" or "runc" or "containernetworking-plugins"));
        var missing = needed.Where(n => !IsInstalled(n.Program)).ToList();
        if (missing.Count > 0)
        {
            var packages = string.Join(' ', missing.Select(m => m.Package).Distinct());
            throw new StartException($"{missing[0].Program} is missing on this machine; install what is needed with 'apt-get install {packages}'");
        }
    }

    private static bool IsInstalled(string program) => program.StartsWith('/')
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    // Looks at the nearest directory that exists, so that a failed start leaves nothing behind.
    private static void RequireSpace(Instance instance)
    {
        var directory = new DirectoryInfo(instance.DataDirectory);
        while (!directory.Exists && directory.Parent is { } parent)
        {
            directory = parent;
        }

        try
        {
            using (File.Create(Path.Combine(directory.FullName, $".minke-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose))
            {
                // Creating it is the check.
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"the data directory {instance.DataDirectory} cannot be written: {exception.Message}; choose another one with --data-dir", exception);
        }

        if (new DriveInfo(directory.FullName).AvailableFreeSpace is var free and < FreeBytesMin)
        {
            throw new StartException($"the disk of {instance.DataDirectory} has only {free >> 20} MB left; free at least {FreeBytesMin >> 20} MB "
                + "or choose another place with --data-dir");
        }
    }

    private static void RequirePorts(UpOptions options)
    {
        if (options.ApiPort == options.NodePort)
        {
            throw new StartException($"--port and --node-port are both {options.ApiPort}; they must differ");
        }

        RequirePort(options.BindAddress, options.ApiPort, "--port");
        RequirePort(IPAddress.Any, options.NodePort, "--node-port");
    }

    private static void RequirePort(IPAddress address, int port, string option)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            var owner = PortOwner.Find(port) is { } process ? $" by {Describe(process)}" : "";
            throw new StartException($"port {port} is taken{owner}; stop that or choose another port with {option}", exception);
        }
        catch (SocketException exception)
        {
            throw new StartException(
                $"cannot listen on {address} port {port}: {exception.Message}; choose another address with --bind or port with {option}", exception);
        }
    }

    private static string Describe(ProcessIdentity process) =>
        $"{(ProcFile.TryReadLines($"/proc/{process.Pid}/comm") is [var name, ..] ? name : "a process")} (pid {process.Pid})";

    private static void RequireFreeSubnet(UpOptions options)
    {
        var network = new PodNetwork(options.Instance.PodNetwork(options.PodCidr), new HostCommand(TimeProvider.System));
        if (network.FindConflictingInterface() is { } name)
        {
            throw new StartException(
                $"the pods' addresses {options.PodCidr} overlap with those of the network interface {name}; choose others with --pod-cidr");
        }
    }

    private static void RequireRuntime(UpOptions options)
    {
        if (options.RuntimeSocket is { } socket && !File.Exists(socket))
        {
            throw new StartException($"there is no container runtime socket at {socket}; start the runtime or leave --runtime-endpoint out");
        }
    }
}
