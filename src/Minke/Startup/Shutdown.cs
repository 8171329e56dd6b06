using System.Net;
using Microsoft.Extensions.Logging;
using Minke.Host;
using Minke.Network;
using Minke.Node.Containerd;
using Minke.Node.Runtime;

namespace Minke.Startup;

/// <summary>
/// Stops one instance, its pods and its containerd, and removes everything of it if asked. Needs nothing but the data directory's name, so that it also
/// works after a crash. Everything is idempotent: interrupted, it is simply run again.
/// </summary>
internal sealed class Shutdown(Instance instance, TimeProvider time, ILoggerFactory loggers)
{
    // Longer than Minke itself takes at most to stop its components.
    private static readonly TimeSpan MinkePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CgroupPatience = TimeSpan.FromSeconds(20);
    private static readonly IPNetwork AnySubnet = IPNetwork.Parse("0.0.0.0/0");

    /// <summary>Ends the Minke process; false when none runs.</summary>
    public async Task<bool> StopMinkeAsync(CancellationToken cancellationToken)
    {
        if (InstanceLock.FindHolder(instance) is not { } minke)
        {
            return false;
        }

        await Signals.StopAsync(minke, MinkePatience, time, cancellationToken);
        return true;
    }

    /// <summary>Ends all pods; returns how many there were.</summary>
    /// <exception cref="ContainerdException">containerd does not run and cannot be started to end them.</exception>
    /// <exception cref="RuntimeException">A pod cannot be removed, or the runtime that someone else runs does not answer.</exception>
    public async Task<int> StopPodsAsync(CancellationToken cancellationToken)
    {
        if (InstanceState.ReadFrom(instance.DataDirectory) is { OwnsRuntime: false } state)
        {
            using var foreign = new CriRuntime(state.RuntimeSocket, time, loggers.CreateLogger<CriRuntime>());
            return await PodTermination.RemoveAllAsync(foreign, state.NodeName, cancellationToken);
        }

        if (ContainerdSupervisor.FindRunning(instance.Containerd) is null && !ContainerdRemains.HasContainers(instance.Containerd))
        {
            return 0;
        }

        using var runtime = new CriRuntime(instance.Containerd.SocketPath, time, loggers.CreateLogger<CriRuntime>());
        var supervisor = new ContainerdSupervisor(instance.Containerd, runtime, time, loggers.CreateLogger<ContainerdSupervisor>());
        await supervisor.StartAsync(cancellationToken);
        return await PodTermination.RemoveAllAsync(runtime, null, cancellationToken);
    }

    public Task StopContainerdAsync(CancellationToken cancellationToken) => ContainerdSupervisor.StopAsync(instance.Containerd, time, cancellationToken);

    /// <summary>Removes the pods' network; the next start makes it again.</summary>
    public Task RemoveNetworkAsync(CancellationToken cancellationToken) =>
        new PodNetwork(instance.PodNetwork(AnySubnet), new HostCommand(time)).RemoveAsync(cancellationToken);

    /// <summary>Removes whatever still is there of the instance: processes, mounts, network, control groups and all files.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await ContainerdRemains.KillContainersAsync(instance.Containerd, time, cancellationToken);
        await CgroupTree.RemoveAsync(instance.CgroupName, CgroupPatience, time, cancellationToken);
        ContainerdRemains.RemoveFiles(instance.Containerd);
        await RemoveNetworkAsync(cancellationToken);
        MountTable.UnmountBelow(instance.DataDirectory);
        DeleteDirectory(instance.RunDirectory);
        if (DataFormat.IsMarked(instance.DataDirectory))
        {
            DeleteDirectory(instance.DataDirectory);
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
