using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Client;

namespace Minke.Controllers;

/// <summary>What every controller is given. Used while controllers are being made; not thread-safe.</summary>
public sealed class ControllerContext(IObjectClient client, TimeProvider time, Ids ids, ILoggerFactory loggers)
{
    private readonly List<EventRecorder> _recorders = [];

    public IObjectClient Client { get; } = client;

    public InformerSet Informers { get; } = new(client, time, ids, loggers);

    public TimeProvider Time { get; } = time;

    public ILoggerFactory Loggers { get; } = loggers;

    /// <summary>The recorders that were made, which have to be run.</summary>
    public IReadOnlyList<EventRecorder> Recorders => _recorders;

    public WorkQueue<ObjectKey> NewQueue() => new(new WorkQueueOptions(), Time);

    /// <param name="component">The name under which users know the controller, for example <c>replication-controller</c>.</param>
    public EventRecorder NewRecorder(string component)
    {
        var recorder = new EventRecorder(Client, component, "", Time, ids, Loggers.CreateLogger<EventRecorder>());
        _recorders.Add(recorder);
        return recorder;
    }
}
