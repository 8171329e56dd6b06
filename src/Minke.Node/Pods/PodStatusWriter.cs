using System.Globalization;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Node.Pods;

/// <summary>
/// Writes one pod's status to the API: always the newest one that was published, at once, and again until it is written. What was published before
/// is never written after. Publishing never waits.
/// </summary>
internal sealed partial class PodStatusWriter(IObjectClient client, TimeProvider time, ILogger logger)
{
    private static readonly Backoff s_retry = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));

    private readonly AsyncSignal _published = new();
    private readonly Lock _lock = new(); // guards the fields below
    private Pod? _base;
    private PodStatus? _wanted;
    private byte[] _written = [];
    private TaskCompletionSource _idle = Completed();
    private bool _gone;

    /// <param name="pod">The newest known object; its status is not looked at.</param>
    public void Publish(Pod pod, PodStatus status)
    {
        lock (_lock)
        {
            if (_base is null || IsNewer(pod, _base))
            {
                _base = pod;
            }

            if (_gone || (_wanted is null && ApiJson.EncodeValue(status).AsSpan().SequenceEqual(_written)))
            {
                return;
            }

            _wanted = status;
            if (_idle.Task.IsCompleted)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        _published.Set();
    }

    /// <summary>Completes when nothing is left to write.</summary>
    public async Task FlushAsync()
    {
        Task idle;
        lock (_lock)
        {
            idle = _idle.Task;
        }

        await idle;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _published.WaitAsync(cancellationToken);
                await WriteAllAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Finish(gone: true);
        }
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        while (Next() is var (pod, status))
        {
            try
            {
                await WriteAsync(pod, status, cancellationToken);
                failures = 0;
            }
            catch (ApiException e) when (e.IsConflict)
            {
                await RefreshAsync(pod, cancellationToken);
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                Finish(gone: true);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures++;
                LogFailed(logger, e, pod.FullName, failures);
                await Task.Delay(s_retry.Delay(failures), time, cancellationToken);
            }
        }
    }

    private (Pod Pod, PodStatus Status)? Next()
    {
        lock (_lock)
        {
            if (_wanted is not null && !_gone)
            {
                return (_base!, _wanted);
            }
        }

        Finish(gone: false);
        return null;
    }

    private async Task WriteAsync(Pod pod, PodStatus status, CancellationToken cancellationToken)
    {
        var item = pod.Clone();
        item.Status = Merged(status, pod.Status);
        var bytes = ApiJson.EncodeValue(item.Status);
        var result = bytes.AsSpan().SequenceEqual(ApiJson.EncodeValue(pod.Status)) ? pod : await client.UpdateStatusAsync(item, cancellationToken);
        lock (_lock)
        {
            _base = result.Metadata.Uid == pod.Metadata.Uid && IsNewer(result, _base!) ? result : _base;
            if (ReferenceEquals(_wanted, status))
            {
                _wanted = null;
                _written = ApiJson.EncodeValue(status);
            }
        }
    }

    /// <summary>Conditions that others set since the status was derived are theirs to keep.</summary>
    private static PodStatus Merged(PodStatus status, PodStatus current)
    {
        var result = status.Clone();
        result.Conditions = PodConditions.WithOthers(result.Conditions, current.Conditions);
        return result;
    }

    private async Task RefreshAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            var current = await client.GetAsync<Pod>(ObjectKey.Of(pod), cancellationToken);
            lock (_lock)
            {
                _base = current;
            }

            if (current.Metadata.Uid != pod.Metadata.Uid)
            {
                Finish(gone: true);
            }
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            Finish(gone: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e, pod.FullName, 1);
            await Task.Delay(s_retry.Base, time, cancellationToken);
        }
    }

    private void Finish(bool gone)
    {
        lock (_lock)
        {
            _gone |= gone;
            if (_gone || _wanted is null)
            {
                _wanted = null;
                _idle.TrySetResult();
            }
        }
    }

    /// <summary>Versions are opaque to clients in general, but grow with every write of the server that this agent is part of.</summary>
    private static bool IsNewer(Pod pod, Pod than) => Version(pod) >= Version(than);

    private static long Version(Pod pod) =>
        long.TryParse(pod.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The status of pod {Pod} could not be written ({Failures} times in a row)")]
    private static partial void LogFailed(ILogger logger, Exception exception, string pod, int failures);
}
