using Microsoft.Extensions.Logging;

namespace Minke.Simulation.Cluster;

internal static partial class SimLog
{
    [LoggerMessage(1, LogLevel.Information, "Agent {Node}: the heartbeat failed")]
    public static partial void HeartbeatFailed(ILogger logger, Exception exception, string node);

    [LoggerMessage(2, LogLevel.Information, "--- {What}")]
    public static partial void Happened(ILogger logger, string what);
}
