using System.Net;
using System.Security.Cryptography;
using System.Text;
using Minke.Network;
using Minke.Node.Containerd;
using Minke.Node.Images;

namespace Minke.Startup;

/// <summary>
/// One Minke on this machine and the names of everything that belongs to it. Its data directory identifies it: two instances with different data directories
/// share nothing, and whoever knows the directory can find, stop and remove all of it, also after a crash.
/// </summary>
internal sealed class Instance
{
    public const string DefaultDataDirectory = "/var/lib/minke";

    private const int HashLength = 8;

    public Instance(string dataDirectory)
    {
        DataDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        var isDefault = DataDirectory == DefaultDataDirectory;
        Id = isDefault ? "default" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DataDirectory)))[..HashLength];
        NetworkName = isDefault ? "minke" : $"minke-{Id}";
        Bridge = isDefault ? "minke0" : $"minke-{Id}";
    }

    /// <summary>Everything that survives a reboot.</summary>
    public string DataDirectory { get; }

    /// <summary><c>default</c> for the default data directory, else a short hash of it.</summary>
    public string Id { get; }

    /// <summary>Sockets, process ids and mounts.</summary>
    public string RunDirectory => Path.Combine("/run/minke", Id);

    /// <summary>The CNI network and the nftables table.</summary>
    public string NetworkName { get; }

    /// <summary>The pods' bridge; interface names have at most 15 bytes.</summary>
    public string Bridge { get; }

    /// <summary>The control group of the top level that holds all pods.</summary>
    public string CgroupName => NetworkName;

    public string KubeconfigFile => Path.Combine(DataDirectory, "kubeconfig");

    public string LogDirectory => Path.Combine(DataDirectory, "logs");

    public string LogFile => Path.Combine(LogDirectory, "minke.log");

    /// <summary>Held locked while Minke runs.</summary>
    public string LockFile => Path.Combine(RunDirectory, "minke.lock");

    public string ProcessFile => Path.Combine(RunDirectory, "minke.pid");

    public ContainerdOptions Containerd => new()
    {
        RootDirectory = Path.Combine(DataDirectory, "containerd"),
        RunDirectory = Path.Combine(RunDirectory, "containerd"),
        ConfigFile = Path.Combine(DataDirectory, "containerd.toml"),
        LogFile = Path.Combine(LogDirectory, "containerd.log"),
        CniConfigDirectory = Path.Combine(DataDirectory, "cni"),
        SandboxImage = BuiltInImages.PauseReference,
    };

    public PodNetworkOptions PodNetwork(IPNetwork subnet) => new()
    {
        Name = NetworkName,
        Bridge = Bridge,
        Subnet = subnet,
        ConfigDirectory = Path.Combine(DataDirectory, "cni"),
        AddressDirectory = Path.Combine(DataDirectory, "addresses"),
    };
}
