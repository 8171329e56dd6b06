using Microsoft.Extensions.Logging;
using Minke.Host;
using Minke.Network;
using Minke.Node.Containerd;
using Minke.Node.Images;
using Minke.Node.Runtime;

namespace Minke.Startup;

/// <summary>
/// What pods run on: their network, Minke's own containerd and the built-in images; or, with a runtime endpoint, only a client of the runtime that someone
/// else set up.
/// </summary>
internal sealed class MachineRuntime : IDisposable
{
    private readonly UpOptions _options;
    private readonly TimeProvider _time;
    private readonly ContainerdSupervisor? _supervisor;
    private readonly PodNetwork _network;
    private readonly ImageImporter _importer;
    private bool _startedContainerd;

    public MachineRuntime(UpOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        var command = new HostCommand(time);
        SocketPath = options.RuntimeSocket ?? options.Instance.Containerd.SocketPath;
        Client = new CriRuntime(SocketPath, time, loggers.CreateLogger<CriRuntime>());
        _network = new PodNetwork(options.Instance.PodNetwork(options.PodCidr), command);
        _importer = new ImageImporter(SocketPath, Client, command, time, loggers.CreateLogger<ImageImporter>());
        if (options.RuntimeSocket is null)
        {
            _supervisor = new ContainerdSupervisor(options.Instance.Containerd, Client, time, loggers.CreateLogger<ContainerdSupervisor>());
        }
    }

    public CriRuntime Client { get; }

    public string SocketPath { get; }

    /// <exception cref="ContainerdException">containerd does not start.</exception>
    /// <exception cref="HostCommandException">The network or an image cannot be made.</exception>
    public async Task StartAsync(StartProgress progress, RunningParts parts, CancellationToken cancellationToken)
    {
        if (_supervisor is null)
        {
            await progress.StepAsync("container runtime", () => Client.StatusAsync(cancellationToken));
            return;
        }

        _network.WriteConfiguration();
        var network = progress.StepAsync("pod network", () => _network.EnableRoutingAsync(cancellationToken));
        var images = StartContainerdAsync(_supervisor, progress, parts, cancellationToken);
        await Task.WhenAll(network, images);
    }

    /// <summary>Stops containerd if this start began it, so that a failed start leaves nothing behind; one that ran before goes on.</summary>
    public async Task UndoStartAsync()
    {
        if (_startedContainerd)
        {
            await ContainerdSupervisor.StopAsync(_options.Instance.Containerd, _time, CancellationToken.None);
            await _network.RemoveAsync(CancellationToken.None);
        }
    }

    public void Dispose() => Client.Dispose();

    private async Task StartContainerdAsync(
        ContainerdSupervisor supervisor, StartProgress progress, RunningParts parts, CancellationToken cancellationToken)
    {
        _startedContainerd = ContainerdSupervisor.FindRunning(_options.Instance.Containerd) is null
            && !ContainerdRemains.HasContainers(_options.Instance.Containerd);
        await progress.StepAsync("containerd", () => supervisor.StartAsync(cancellationToken));
        parts.Start("containerd's supervisor", supervisor.RunAsync);
        await progress.StepAsync("built-in images", () => _importer.EnsureBuiltInAsync(cancellationToken));
    }
}
