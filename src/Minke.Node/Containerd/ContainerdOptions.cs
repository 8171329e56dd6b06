namespace Minke.Node.Containerd;

/// <summary>Where Minke's own containerd lives. Two instances on a machine differ in every directory.</summary>
public sealed record ContainerdOptions
{
    /// <summary>containerd's persistent state: images, snapshots, metadata.</summary>
    public required string RootDirectory { get; init; }

    /// <summary>Sockets, process id and mounts; on a filesystem that a reboot empties. The socket's path in it must stay below 108 bytes.</summary>
    public required string RunDirectory { get; init; }

    public required string ConfigFile { get; init; }

    public required string LogFile { get; init; }

    /// <summary>Where the pod network's CNI configuration is.</summary>
    public required string CniConfigDirectory { get; init; }

    /// <summary>Where Debian installs the CNI plugins.</summary>
    public string CniPluginDirectory { get; init; } = "/usr/lib/cni";

    public required string SandboxImage { get; init; }

    public string SocketPath => Path.Combine(RunDirectory, "containerd.sock");

    internal string StateDirectory => Path.Combine(RunDirectory, "state");

    internal string ProcessFile => Path.Combine(RunDirectory, "containerd.pid");
}
