using Microsoft.Extensions.Logging;
using Minke.Api;

namespace Minke.Client;

/// <summary>What a reconciliation asks for: nothing, or to be called again after a while.</summary>
public readonly record struct Reconciled(TimeSpan? Again)
{
    public static Reconciled Done => default;

    public static Reconciled After(TimeSpan delay) => new(delay);
}

/// <summary>
/// Calls a level-triggered reconcile function with the keys of a queue, by a number of workers, one at a time per key. The queue is the only one that
/// retries: a failure is logged and the key comes back after its backoff; a success forgets the failures.
/// </summary>
/// <param name="allKeys">Lists every key again after the queue overflowed.</param>
public sealed partial class Reconciler<TKey>(
    string name,
    WorkQueue<TKey> queue,
    Func<TKey, CancellationToken, Task<Reconciled>> reconcile,
    Func<IEnumerable<TKey>> allKeys,
    ILogger logger)
    where TKey : notnull
{
    /// <summary>Works until cancelled, then waits for the work in hand to end.</summary>
    public async Task RunAsync(int workers, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var running = new Task[workers];
        for (var i = 0; i < workers; i++)
        {
            running[i] = WorkAsync(cancellationToken);
        }

        await Task.WhenAll(running);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Taken<TKey> taken;
            try
            {
                taken = await queue.TakeAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (!taken.HasKey)
            {
                return;
            }

            await ReconcileOneAsync(taken.Key, cancellationToken);
            AddAllAfterOverflow();
        }
    }

    private async Task ReconcileOneAsync(TKey key, CancellationToken cancellationToken)
    {
        try
        {
            var result = await reconcile(key, cancellationToken);
            queue.Forget(key);
            if (result.Again is { } delay)
            {
                queue.AddAfter(key, delay);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogStopped(logger, name, key);
        }
        catch (ApiException exception) when (exception.Status.Code == 409)
        {
            // Somebody else wrote first, or our cache lags: expected, and the next attempt sees the newer state.
            queue.AddRateLimited(key);
            LogConflict(logger, name, key, exception.Message);
        }
        catch (Exception exception)
        {
            AddAfterFailure(key, exception);
            LogFailed(logger, exception, name, key, queue.FailuresOf(key));
        }
        finally
        {
            queue.Done(key);
        }
    }

    /// <summary>A server that says when to come back is not asked before.</summary>
    private void AddAfterFailure(TKey key, Exception exception)
    {
        if (exception is ApiException { Status.Details.RetryAfterSeconds: > 0 and var seconds })
        {
            queue.AddAfter(key, TimeSpan.FromSeconds(seconds));
        }
        else
        {
            queue.AddRateLimited(key);
        }
    }

    private void AddAllAfterOverflow()
    {
        if (queue.Overflowed && queue.TakeOverflow())
        {
            LogOverflow(logger, name);
            foreach (var key in allKeys())
            {
                queue.Add(key);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Reconciler}: {Key} failed {Failures} times in a row")]
    private static partial void LogFailed(ILogger logger, Exception exception, string reconciler, TKey key, int failures);

    [LoggerMessage(2, LogLevel.Debug, "{Reconciler}: {Key} met a newer version: {Message}")]
    private static partial void LogConflict(ILogger logger, string reconciler, TKey key, string message);

    [LoggerMessage(3, LogLevel.Debug, "{Reconciler}: stopped while working on {Key}")]
    private static partial void LogStopped(ILogger logger, string reconciler, TKey key);

    [LoggerMessage(4, LogLevel.Warning, "{Reconciler}: the queue had overflowed; looking at everything again")]
    private static partial void LogOverflow(ILogger logger, string reconciler);
}
