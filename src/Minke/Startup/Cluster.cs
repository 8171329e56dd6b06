using Microsoft.Extensions.Logging;
using Minke.Api;

namespace Minke.Startup;

/// <summary>
/// One whole Minke in this process: what is started, in which order, and how it stops. The parts only share what is passed to them here.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly UpOptions _options;
    private readonly StartProgress _progress;
    private readonly RunningParts _parts;
    private readonly ControlPlane _controlPlane;
    private readonly MachineRuntime _runtime;
    private readonly NodeSide _node;

    public Cluster(UpOptions options, StartProgress progress, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _progress = progress;
        var ids = Ids.FromSystem();
        _parts = new RunningParts(time, loggers.CreateLogger<RunningParts>());
        _controlPlane = new ControlPlane(options, time, ids, loggers);
        _runtime = new MachineRuntime(options, time, loggers);
        _node = new NodeSide(options, _runtime.Client, time, ids, loggers);
    }

    /// <summary>Starts everything and returns when the node is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The control plane and the container runtime need nothing of each other.
        await Task.WhenAll(
            _controlPlane.StartAsync(_progress, _parts, cancellationToken),
            _runtime.StartAsync(_progress, _parts, cancellationToken));
        WriteState();
        await _node.StartAsync(_controlPlane, _progress, _parts, cancellationToken);
    }

    /// <summary>After a start that failed: stops what it had started on the machine.</summary>
    public async Task UndoStartAsync()
    {
        await _parts.StopAsync();
        await _runtime.UndoStartAsync();
    }

    /// <summary>Waits until a part fails; nothing else ends it but cancelling.</summary>
    public ValueTask<PartFault> WaitForFaultAsync(CancellationToken cancellationToken) => _parts.WaitForFaultAsync(cancellationToken);

    /// <summary>Stops everything in reverse order. containerd and all containers go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _parts.StopAsync();
        await _node.DisposeAsync();
        _runtime.Dispose();
        await _controlPlane.DisposeAsync();
    }

    private void WriteState() => new InstanceState
    {
        ApiAddress = _options.ClientAddress.ToString(),
        ApiPort = _options.ApiPort,
        NodePort = _options.NodePort,
        PodCidr = _options.PodCidr.ToString(),
        NodeName = _options.NodeName,
        RuntimeSocket = _runtime.SocketPath,
        OwnsRuntime = _options.RuntimeSocket is null,
    }.WriteTo(_options.Instance.DataDirectory);
}
