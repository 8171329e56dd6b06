using Minke.Host;

namespace Minke.Node.Containerd;

/// <summary>
/// Removes what one stopped containerd leaves on the machine: shims with their containers, mounts, sockets and all of its files. Needs nothing but the files
/// and /proc, so that it also works after a crash.
/// </summary>
public static class ContainerdRemains
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    /// <summary>Whether containers of this containerd still run, with or without it.</summary>
    public static bool HasContainers(ContainerdOptions options) => FindShims(options).Count > 0;

    /// <summary>Kills the shims that belong to this containerd and everything that runs under them.</summary>
    /// <exception cref="TimeoutException">A process does not end.</exception>
    public static async Task KillContainersAsync(ContainerdOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var shims = FindShims(options);
        // Containers first: a shim that is gone hands its children to init, where they would not be found any more.
        var doomed = ProcessIdentity.DescendantsOf(shims).Concat(shims).ToList();
        foreach (var process in doomed)
        {
            Signals.Kill(process);
        }

        foreach (var process in doomed)
        {
            if (!await Signals.WaitGoneAsync(process, KillPatience, time, cancellationToken))
            {
                throw new TimeoutException($"process {process.Pid} of a container did not end when it was killed");
            }
        }
    }

    /// <summary>Unmounts and deletes everything of this containerd's. Its containers must be gone.</summary>
    public static void RemoveFiles(ContainerdOptions options)
    {
        MountTable.UnmountBelow(options.RunDirectory);
        MountTable.UnmountBelow(options.RootDirectory);
        RemoveShimSockets(options);
        DeleteDirectory(options.RunDirectory);
        DeleteDirectory(options.RootDirectory);
        if (File.Exists(options.ConfigFile))
        {
            File.Delete(options.ConfigFile);
        }
    }

    private static List<ProcessIdentity> FindShims(ContainerdOptions options)
    {
        var shims = new List<ProcessIdentity>();
        foreach (var pid in ProcFile.ListProcesses())
        {
            var arguments = ProcFile.ReadCommandLine(pid);
            var address = Array.IndexOf(arguments, "-address");
            if (address > 0 && address + 1 < arguments.Length && arguments[address + 1] == options.SocketPath
                && Path.GetFileName(arguments[0]).StartsWith("containerd-shim", StringComparison.Ordinal)
                && ProcessIdentity.Of(pid) is { } shim)
            {
                shims.Add(shim);
            }
        }

        return shims;
    }

    // A shim's socket lies in a directory that all containerds share; its bundle says which one it is.
    private static void RemoveShimSockets(ContainerdOptions options)
    {
        const string Scheme = "unix://";
        if (!Directory.Exists(options.StateDirectory))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(options.StateDirectory, "address", SearchOption.AllDirectories))
        {
            var address = ProcFile.TryReadLines(file).FirstOrDefault() ?? "";
            if (address.StartsWith(Scheme + "/run/containerd/s/", StringComparison.Ordinal))
            {
                File.Delete(address[Scheme.Length..]);
            }
        }
    }

    private static void DeleteDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
