using Microsoft.Extensions.Logging;
using Minke.Commands;
using Minke.Logging;

namespace Minke.Startup;

/// <summary>Runs Minke in this process until it is told to stop or a part of it fails.</summary>
internal sealed partial class ForegroundRun(UpOptions options, TimeProvider time)
{
    /// <summary>For a service manager or a terminal: logs to standard error.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Preflight.RequireRoot("up");
        if (InstanceLock.FindHolder(options.Instance) is { } running)
        {
            throw new StartException($"Minke already runs on {options.Instance.DataDirectory} (pid {running.Pid}); stop it with 'minke down'");
        }

        Preflight.Check(options);
        DataDirectory.Prepare(options.Instance);
        return await RunAsync(Console.Error, new StartProgress(TextWriter.Null, time), cancellationToken);
    }

    /// <summary>For the background: logs to the log file, tells its progress on standard output. The command that started it made the checks.</summary>
    public async Task<int> RunReportingAsync(CancellationToken cancellationToken)
    {
        await using var log = new RotatingFile(options.Instance.LogFile);
        return await RunAsync(log, new StartProgress(Console.Out, time), cancellationToken);
    }

    private async Task<int> RunAsync(TextWriter log, StartProgress progress, CancellationToken cancellationToken)
    {
        using var provider = new LineLoggerProvider(log, options.LogFormat, LogLevel.Information, time);
        using var loggers = new LoggerFactory([provider]);
        var logger = loggers.CreateLogger<ForegroundRun>();
        try
        {
            using var held = InstanceLock.Take(options.Instance);
            await using var cluster = new Cluster(options, progress, time, loggers);
            await StartAsync(cluster, cancellationToken);
            progress.Ready();
            LogReady(logger, options.NodeName);
            return await FollowAsync(cluster, logger, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            progress.Failed(Explain(exception, logger));
            return CommandRunner.Failure;
        }
    }

    private string Explain(Exception exception, ILogger logger)
    {
        if (CommandRunner.IsExpected(exception, out var sentence))
        {
            LogRefused(logger, sentence);
            return sentence;
        }

        LogFailed(logger, exception);
        return $"Minke has an error ({exception.GetType().Name}: {exception.Message}); its log is {options.Instance.LogFile}";
    }

    private static async Task StartAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.StartAsync(cancellationToken);
        }
        catch
        {
            await cluster.UndoStartAsync();
            throw;
        }
    }

    private static async Task<int> FollowAsync(Cluster cluster, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.WaitForFaultAsync(cancellationToken);
            return CommandRunner.Failure;
        }
        catch (OperationCanceledException)
        {
            LogStopping(logger);
            return CommandRunner.Success;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "ready: node {Node}")]
    private static partial void LogReady(ILogger logger, string node);

    [LoggerMessage(2, LogLevel.Information, "stopping; containers go on")]
    private static partial void LogStopping(ILogger logger);

    [LoggerMessage(3, LogLevel.Critical, "Minke failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Critical, "Minke cannot start: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
