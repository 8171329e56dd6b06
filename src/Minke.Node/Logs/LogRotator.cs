using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Logging;
using Minke.Node.Containers;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Logs;

/// <summary>When log files are put aside.</summary>
/// <param name="MaxBytes">A larger file is rotated (the kubelet's containerLogMaxSize).</param>
/// <param name="MaxFiles">Files that a container may have, the current one included (the kubelet's containerLogMaxFiles).</param>
/// <param name="Period">Time between two looks at all files.</param>
public sealed record LogRotation(long MaxBytes, int MaxFiles, TimeSpan Period)
{
    /// <summary>The kubelet's defaults.</summary>
    public static LogRotation Default { get; } = new(10 * 1024 * 1024, 5, TimeSpan.FromSeconds(10));
}

/// <summary>
/// Keeps the logs of running containers within bounds, as the kubelet does: a file that has grown too large is renamed to <c>NAME.YYYYMMDD-HHMMSS</c>, the
/// runtime opens a new one, older files are compressed (<c>.gz</c>) and the oldest removed. The newest rotated file stays as it is, so that whoever is
/// reading it can finish.
/// </summary>
/// <param name="nodeName">Only containers that this node's agent made are looked at: a runtime may be shared.</param>
public sealed partial class LogRotator(IContainerRuntime runtime, string nodeName, LogRotation rotation, TimeProvider time, ILogger<LogRotator> logger)
{
    private const string Compressed = ".gz";
    private const string Unfinished = ".tmp";

    // A container's log path never changes. Owned by RunAsync; holds running containers only.
    private Dictionary<string, string> _paths = [];

    /// <summary>Looks at the logs again and again until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(rotation.Period, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await RotateAllAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure.Message, failure);
            }
        }
    }

    /// <summary>Looks at the logs once. One that cannot be rotated is reported and does not hinder the others.</summary>
    /// <exception cref="RuntimeException">The runtime does not say what runs.</exception>
    public async Task RotateAllAsync(CancellationToken cancellationToken)
    {
        var ours = new PodSandboxFilter();
        ours.LabelSelector.Add(RuntimeLabels.Node, nodeName);
        var sandboxes = (await runtime.ListPodSandboxesAsync(ours, cancellationToken)).Select(sandbox => sandbox.Id).ToHashSet();
        var running = new ContainerFilter { State = new ContainerStateValue { State = ContainerState.ContainerRunning } };
        var paths = new Dictionary<string, string>();
        foreach (var container in (await runtime.ListContainersAsync(running, cancellationToken)).Where(c => sandboxes.Contains(c.PodSandboxId)))
        {
            try
            {
                var path = _paths.GetValueOrDefault(container.Id) ?? (await runtime.ContainerStatusAsync(container.Id, cancellationToken)).LogPath;
                paths[container.Id] = path;
                await RotateAsync(container.Id, path, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or RuntimeException)
            {
                LogFailed(failure.Message, failure);
            }
        }

        _paths = paths;
    }

    private async Task RotateAsync(string containerId, string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (path.Length == 0 || !file.Exists || file.Length < rotation.MaxBytes)
        {
            return;
        }

        var rotated = RotatedFiles(path);
        RemoveOldest(rotated);
        foreach (var old in rotated.Where(name => !name.EndsWith(Compressed, StringComparison.Ordinal)))
        {
            await CompressAsync(old, cancellationToken);
        }

        var aside = $"{path}.{time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        File.Move(path, aside);
        try
        {
            await runtime.ReopenContainerLogAsync(containerId, cancellationToken);
        }
        catch (RuntimeException)
        {
            // The runtime goes on with the open file; under its old name it is found again.
            File.Move(aside, path);
            throw;
        }
    }

    // Oldest first: the time is in the name. What a crash left of a compression is made again from its source.
    private static List<string> RotatedFiles(string path)
    {
        // Not by a search pattern: NAME.* finds NAME as well.
        var files = Directory.GetFiles(Path.GetDirectoryName(path)!)
            .Where(file => file.StartsWith(path + ".", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        foreach (var unfinished in files.Where(name => name.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            File.Delete(unfinished);
        }

        return [.. files.Where(name => !name.EndsWith(Unfinished, StringComparison.Ordinal))];
    }

    // There will be the current file and the one that is put aside now.
    private void RemoveOldest(List<string> rotated)
    {
        var keep = Math.Max(0, rotation.MaxFiles - 2);
        while (rotated.Count > keep)
        {
            File.Delete(rotated[0]);
            rotated.RemoveAt(0);
        }
    }

    private static async Task CompressAsync(string path, CancellationToken cancellationToken)
    {
        var unfinished = path + Unfinished;
        await using (var plain = File.OpenRead(path))
        await using (var target = File.Create(unfinished))
        await using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            await plain.CopyToAsync(gzip, cancellationToken);
        }

        File.Move(unfinished, path + Compressed, overwrite: true);
        File.Delete(path);
    }

    [LoggerMessage(1, LogLevel.Warning, "A container's log is not rotated: {Why}")]
    private partial void LogFailed(string why, Exception failure);
}
