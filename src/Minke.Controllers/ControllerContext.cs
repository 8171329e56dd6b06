using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Client;

namespace Minke.Controllers;

/// <summary>What every controller is given.</summary>
public sealed record ControllerContext(IObjectClient Client, InformerSet Informers, EventRecorder Events, TimeProvider Time, Ids Ids, ILoggerFactory Loggers)
{
    public WorkQueue<ObjectKey> NewQueue() => new(new WorkQueueOptions(), Time);
}
