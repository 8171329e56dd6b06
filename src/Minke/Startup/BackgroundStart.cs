using System.Diagnostics;
using System.Globalization;
using Minke.Host;
using Minke.Logging;

namespace Minke.Startup;

/// <summary>
/// Starts Minke in the background and follows it until it is ready or has failed: the same program with <c>up --foreground</c> in a session of its own, its
/// progress on a pipe.
/// </summary>
internal sealed class BackgroundStart(UpOptions options, TimeProvider time)
{
    private const int ShownLogLines = 8;
    private static readonly TimeSpan AbandonPatience = TimeSpan.FromSeconds(20);

    /// <exception cref="StartException">It failed; the message says why. Nothing of it runs any more.</exception>
    public async Task RunAsync(Action<StartMessage> show, CancellationToken cancellationToken)
    {
        using var process = DetachedProcess.StartReadable(Environment.ProcessPath!, Arguments(), options.Instance.LogFile);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (StartMessage.Parse(line) is not { } message)
                {
                    continue;
                }

                if (message.Kind == StartMessageKind.Failed)
                {
                    await process.WaitForExitAsync(cancellationToken);
                    throw new StartException(message.Text);
                }

                show(message);
                if (message.Kind == StartMessageKind.Ready)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            await AbandonAsync(process);
            throw;
        }

        await process.WaitForExitAsync(cancellationToken);
        throw new StartException(string.Create(CultureInfo.InvariantCulture,
            $"Minke ended with code {process.ExitCode} before it was ready; the end of its log, {options.Instance.LogFile}, says:\n{LogTail()}"));
    }

    private async Task AbandonAsync(Process process)
    {
        if (ProcessIdentity.Of(process.Id) is { } identity)
        {
            await Signals.StopAsync(identity, AbandonPatience, time, CancellationToken.None);
        }
    }

    private string LogTail()
    {
        var lines = ProcFile.TryReadLines(options.Instance.LogFile);
        return string.Join('\n', lines[^Math.Min(lines.Length, ShownLogLines)..]);
    }

    private List<string> Arguments()
    {
        List<string> arguments =
        [
            "up", "--foreground", "--report-progress",
            "--data-dir", options.Instance.DataDirectory,
            "--port", options.ApiPort.ToString(CultureInfo.InvariantCulture),
            "--node-port", options.NodePort.ToString(CultureInfo.InvariantCulture),
            "--bind", options.BindAddress.ToString(),
            "--pod-cidr", options.PodCidr.ToString(),
            "--node-name", options.NodeName,
            "--log-format", options.LogFormat == LogFormat.Json ? "json" : "human",
        ];
        if (options.RuntimeEndpoint is { } endpoint)
        {
            arguments.AddRange(["--runtime-endpoint", endpoint]);
        }

        return arguments;
    }
}
