using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Minke.Host;
using Minke.Node.Runtime;

namespace Minke.Node.Containerd;

/// <summary>
/// Minke's own containerd: starts it so that it outlives Minke, adopts one that an earlier Minke started, starts it again when it dies, stops it when asked.
/// It never touches another containerd of the machine: ours is known by its process file, root, state and socket.
/// </summary>
/// <param name="runtime">A client of the socket in <paramref name="options"/>, to see whether containerd answers.</param>
public sealed partial class ContainerdSupervisor(
    ContainerdOptions options, IContainerRuntime runtime, TimeProvider time, ILogger<ContainerdSupervisor> logger)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RestartDelayMax = TimeSpan.FromSeconds(30);

    private const int SocketPathBytesMax = 107; // sun_path of unix(7), without its end

    private readonly BoundedLog _log = new(options.LogFile);

    /// <summary>The containerd of ours that runs now, or null.</summary>
    public static ProcessIdentity? FindRunning(ContainerdOptions options) => ProcessIdentity.ReadLiving(options.ProcessFile);

    /// <summary>Adopts the running containerd if it is as it should be, else starts one; returns when it answers.</summary>
    /// <exception cref="ContainerdException">It does not start or is no CRI runtime; the message has its last log lines.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(options.SocketPath) > SocketPathBytesMax)
        {
            throw new ContainerdException($"the socket path {options.SocketPath} is too long for a Unix socket; use a shorter run directory");
        }

        var sameConfig = WriteConfig();
        if (FindRunning(options) is { } running)
        {
            if (sameConfig && await AnswersAsync(cancellationToken))
            {
                LogAdopted(logger, running.Pid);
                return;
            }

            LogReplacing(logger, running.Pid, sameConfig ? "it does not answer" : "its configuration changed");
            await Signals.StopAsync(running, StopPatience, time, cancellationToken);
        }

        await LaunchAsync(cancellationToken);
    }

    /// <summary>Keeps containerd running until cancelled. Cancelling leaves it running.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var delay = TimeSpan.Zero;
        var upSince = time.GetTimestamp();
        using var timer = new PeriodicTimer(WatchInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            _log.Bound();
            if (FindRunning(options) is not null)
            {
                continue;
            }

            // One that ran for long is started again at once; one that keeps dying ever more slowly.
            delay = time.GetElapsedTime(upSince) > RestartDelayMax ? TimeSpan.Zero : Backoff(delay);
            LogDied(logger, delay, _log.Tail());
            await Task.Delay(delay, time, cancellationToken);
            upSince = time.GetTimestamp();
            await RelaunchAsync(cancellationToken);
        }
    }

    /// <summary>Ends containerd, if it runs. Containers go on under their shims.</summary>
    public static async Task StopAsync(ContainerdOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (FindRunning(options) is { } running)
        {
            await Signals.StopAsync(running, StopPatience, time, cancellationToken);
            File.Delete(options.ProcessFile);
        }
    }

    private static TimeSpan Backoff(TimeSpan delay) =>
        delay == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, RestartDelayMax.Ticks));

    private async Task RelaunchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LaunchAsync(cancellationToken);
        }
        catch (ContainerdException exception)
        {
            LogRestartFailed(logger, exception);
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        _log.Bound();
        var start = time.GetTimestamp();
        using var process = DetachedProcess.Start("containerd", ["--config", options.ConfigFile], options.LogFile);
        if (ProcessIdentity.Of(process.Id) is { } identity)
        {
            identity.WriteTo(options.ProcessFile);
        }

        while (!await AnswersAsync(cancellationToken))
        {
            if (process.HasExited)
            {
                throw new ContainerdException($"containerd ended with exit code {process.ExitCode}: {_log.Tail()}");
            }

            if (time.GetElapsedTime(start) > StartPatience)
            {
                await GiveUpAsync(process);
            }

            await Task.Delay(ProbeInterval, time, cancellationToken);
        }

        LogStarted(logger, process.Id, time.GetElapsedTime(start));
    }

    private async Task GiveUpAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        throw new ContainerdException($"containerd does not answer on {options.SocketPath} after {StartPatience.TotalSeconds} s: {_log.Tail()}");
    }

    // The status call fails until containerd's CRI plugin has recovered its containers, so an answer means that it is ready for work.
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.SocketPath))
        {
            return false;
        }

        using var deadline = new CancellationTokenSource(ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await runtime.StatusAsync(either.Token);
            return true;
        }
        catch (RuntimeException exception) when (exception.Code == RuntimeErrorCode.Unimplemented)
        {
            // containerd serves, but without CRI: it never comes.
            throw new ContainerdException($"containerd runs without its CRI plugin: {_log.Tail()}");
        }
        catch (Exception exception) when (exception is RuntimeException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Returns whether the file already said the same.</summary>
    private bool WriteConfig()
    {
        Directory.CreateDirectory(options.RootDirectory);
        Directory.CreateDirectory(options.RunDirectory);
        File.SetUnixFileMode(options.RunDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var snapshotter = MountTable.SupportsOverlay(options.RootDirectory) ? "overlayfs" : "native";
        var config = ContainerdConfig.Render(options, new ContainerdAbilities(snapshotter, !HostFacts.CanLowerOomScore));
        if (File.Exists(options.ConfigFile) && File.ReadAllText(options.ConfigFile) == config)
        {
            return true;
        }

        File.WriteAllText(options.ConfigFile + ".next", config);
        File.Move(options.ConfigFile + ".next", options.ConfigFile, overwrite: true);
        return false;
    }

    [LoggerMessage(1, LogLevel.Information, "containerd started (pid {Pid}) and answers after {Elapsed}")]
    private static partial void LogStarted(ILogger logger, int pid, TimeSpan elapsed);

    [LoggerMessage(2, LogLevel.Information, "found containerd running (pid {Pid})")]
    private static partial void LogAdopted(ILogger logger, int pid);

    [LoggerMessage(3, LogLevel.Warning, "restarting containerd (pid {Pid}): {Reason}")]
    private static partial void LogReplacing(ILogger logger, int pid, string reason);

    [LoggerMessage(4, LogLevel.Error, "containerd died; starting it again in {Delay}. Its last log lines: {Tail}")]
    private static partial void LogDied(ILogger logger, TimeSpan delay, string tail);

    [LoggerMessage(5, LogLevel.Error, "containerd could not be started again")]
    private static partial void LogRestartFailed(ILogger logger, Exception exception);
}

/// <summary>Minke's containerd does not run; the message says why.</summary>
public sealed class ContainerdException(string message) : Exception(message);
