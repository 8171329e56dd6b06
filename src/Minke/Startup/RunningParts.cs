using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Minke.Startup;

/// <summary>
/// The loops of the parts that run: the first one that ends by itself ends the program, since none may; stopping cancels them in reverse order of start, each
/// with a deadline.
/// </summary>
internal sealed partial class RunningParts(TimeProvider time, ILogger<RunningParts> logger)
{
    private const int PartsMax = 64;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new(); // guards _parts
    private readonly List<Part> _parts = [];
    private readonly Channel<PartFault> _faults = Channel.CreateBounded<PartFault>(PartsMax);

    /// <summary>Starts a loop that runs until it is cancelled.</summary>
    public void Start(string name, Func<CancellationToken, Task> run)
    {
        var stop = new CancellationTokenSource();
        lock (_lock)
        {
            _parts.Add(new Part(name, stop, FollowAsync(name, run, stop.Token)));
        }
    }

    /// <summary>Waits until a part ends although nobody stopped it.</summary>
    public ValueTask<PartFault> WaitForFaultAsync(CancellationToken cancellationToken) => _faults.Reader.ReadAsync(cancellationToken);

    /// <summary>Stops all parts, the last started first.</summary>
    public async Task StopAsync()
    {
        List<Part> parts;
        lock (_lock)
        {
            parts = [.. _parts];
            _parts.Clear();
        }

        for (var i = parts.Count - 1; i >= 0; i--)
        {
            await parts[i].Stop.CancelAsync();
            if (await Task.WhenAny(parts[i].Task, Task.Delay(StopPatience, time)) != parts[i].Task)
            {
                LogSlow(logger, parts[i].Name, StopPatience);
                continue;
            }

            parts[i].Stop.Dispose();
        }
    }

    private async Task FollowAsync(string name, Func<CancellationToken, Task> run, CancellationToken stop)
    {
        try
        {
            await run(stop);
            if (!stop.IsCancellationRequested)
            {
                Report(new PartFault(name, null));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogStopped(logger, name);
        }
        catch (Exception exception)
        {
            Report(new PartFault(name, exception));
        }
    }

    private void Report(PartFault fault)
    {
        LogFault(logger, fault.Part, fault.Cause);
        _faults.Writer.TryWrite(fault);
    }

    private sealed record Part(string Name, CancellationTokenSource Stop, Task Task);

    [LoggerMessage(1, LogLevel.Critical, "{Part} ended by itself; Minke stops")]
    private static partial void LogFault(ILogger logger, string part, Exception? cause);

    [LoggerMessage(2, LogLevel.Warning, "{Part} has not stopped after {Patience}")]
    private static partial void LogSlow(ILogger logger, string part, TimeSpan patience);

    [LoggerMessage(3, LogLevel.Debug, "{Part} stopped")]
    private static partial void LogStopped(ILogger logger, string part);
}

/// <summary>A part that ended although nobody stopped it, and the error that ended it, if any.</summary>
internal sealed record PartFault(string Part, Exception? Cause);
