using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;

namespace Minke.Node.Logs;

/// <summary>
/// Reads one container's log. It begins in the current file (rotated ones are not read, as with the kubelet); while following, it goes on in the file
/// that a rotation puts in its place.
/// </summary>
/// <param name="path">Of the current log file.</param>
/// <param name="isRunning">Whether the container may still write; asked only when the log is quiet.</param>
public sealed class LogReader(string path, Func<CancellationToken, ValueTask<bool>> isRunning, TimeProvider time)
{
    // How long the log is quiet before the container is asked about; the pause doubles up to the longest.
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private bool _hasEnded;
    private TimeSpan _pause = s_shortestPause;

    /// <summary>Writes what the query asks for. When following it returns once the container has ended and everything is written.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task CopyAsync(LogQuery query, PipeWriter output, CancellationToken cancellationToken)
    {
        using var changes = query.Follow ? new LogChanges(path) : null;
        var formatter = new LogFormatter(query);
        var tail = query.TailLines;
        while (true)
        {
            using var file = TryOpen();
            if (file is not null)
            {
                // Without following, the log is what it is now: lines that come meanwhile would make a tail longer than was asked for.
                var length = RandomAccess.GetLength(file);
                var start = tail is { } lines ? await LogTail.FindStartAsync(file, length, lines, cancellationToken) : 0;
                tail = null;
                var scanner = new LogScanner(file, start, query.Follow ? long.MaxValue : length);
                if (await CopyFileAsync(file, scanner, formatter, changes, output, cancellationToken))
                {
                    return;
                }
            }
            else if (changes is null || _hasEnded)
            {
                return;
            }
            else
            {
                await WaitAsync(changes, cancellationToken);
            }
        }
    }

    /// <summary>True when there is nothing more to write; false when the log goes on in a new file.</summary>
    private async Task<bool> CopyFileAsync(
        SafeFileHandle file, LogScanner scanner, LogFormatter formatter, LogChanges? changes, PipeWriter output, CancellationToken cancellationToken)
    {
        var openedAs = CurrentName(file);
        var isReplaced = false;
        while (true)
        {
            while (await scanner.FillAsync(cancellationToken))
            {
                _pause = s_shortestPause;
                if (!await WriteLinesAsync(scanner, formatter, output, cancellationToken))
                {
                    return true;
                }
            }

            if (changes is null || _hasEnded || isReplaced)
            {
                formatter.Write(scanner.Rest.Span, output);
                await output.FlushAsync(cancellationToken);
                return !isReplaced;
            }

            await WaitAsync(changes, cancellationToken);

            // The runtime has made the new file by the time it stops writing to the old one, so one more reading gets all of the old.
            isReplaced = CurrentName(file) != openedAs && File.Exists(path);
        }
    }

    private static async ValueTask<bool> WriteLinesAsync(LogScanner scanner, LogFormatter formatter, PipeWriter output, CancellationToken cancellationToken)
    {
        while (!formatter.IsDone && scanner.TryTakeLine(out var line))
        {
            formatter.Write(line.Span, output);
        }

        var flushed = await output.FlushAsync(cancellationToken);
        return !formatter.IsDone && !flushed.IsCompleted;
    }

    private async ValueTask WaitAsync(LogChanges changes, CancellationToken cancellationToken)
    {
        if (await changes.WaitAsync(_pause, time, cancellationToken))
        {
            return;
        }

        _pause = _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
        _hasEnded = !await isRunning(cancellationToken);
    }

    // The kernel's link follows a rename, and says so when the file is deleted.
    private static string? CurrentName(SafeFileHandle file) => new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget;

    private SafeFileHandle? TryOpen()
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
