using Microsoft.Extensions.Logging;

namespace Minke.Simulation.Cluster;

internal static partial class SimLog
{
    [LoggerMessage(1, LogLevel.Information, "--- {What}")]
    public static partial void Happened(ILogger logger, string what);
}
