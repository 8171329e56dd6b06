using System.Threading.Channels;

namespace Minke.Node.Logs;

/// <summary>Tells when a file is written to, renamed or made anew (inotify), until disposed.</summary>
internal sealed class LogChanges : IDisposable
{
    // One pending signal says all there is to say: look again.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher? _watcher;

    public LogChanges(string path)
    {
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            _watcher.Changed += Signal;
            _watcher.Created += Signal;
            _watcher.Renamed += Signal;
            _watcher.Deleted += Signal;
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception unavailable) when (unavailable is IOException or ArgumentException)
        {
            // The system's inotify instances are used up, or the directory is not there yet: the caller's wait ends by its time limit instead.
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>True when something changed since the last call; false after <paramref name="limit"/>.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var elapsed = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, elapsed.Token);
        try
        {
            return await _signal.Reader.ReadAsync(linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _watcher?.Dispose();

    private void Signal(object sender, FileSystemEventArgs change) => _signal.Writer.TryWrite(true);
}
