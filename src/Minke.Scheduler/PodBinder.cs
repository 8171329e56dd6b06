using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Scheduler;

public enum BindResult
{
    Bound,
    /// <summary>The pod still has no node and can be tried again.</summary>
    NotBound,
    /// <summary>The pod is gone, or somebody else bound it elsewhere.</summary>
    Lost,
}

/// <summary>
/// Writes the binding of a pod. When it is not known whether a write took effect, the pod is read until that is known: giving up its assumed place too early
/// could let another pod take it.
/// </summary>
public sealed partial class PodBinder(IObjectClient client, TimeProvider time, Ids ids, ILogger<PodBinder> logger)
{
    private static readonly Backoff s_retry = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));

    /// <summary>Never throws; cancelled, it says <see cref="BindResult.Bound"/>, which keeps the place taken.</summary>
    public async Task<BindResult> BindAsync(PodModel pod, string node, CancellationToken cancellationToken)
    {
        try
        {
            await client.BindAsync(pod.Key, pod.Uid, node, cancellationToken);
            return BindResult.Bound;
        }
        catch (ApiException exception) when (exception.Status.Code is >= 400 and < 500 and not 409)
        {
            LogRefused(logger, pod.Key, node, exception.Message);
            return exception.Status.Code == 404 ? BindResult.Lost : BindResult.NotBound;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return BindResult.Bound;
        }
        catch (Exception exception)
        {
            LogUnknown(logger, exception, pod.Key, node);
            return await ResolveAsync(pod, node, cancellationToken);
        }
    }

    private async Task<BindResult> ResolveAsync(PodModel pod, string node, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !cancellationToken.IsCancellationRequested; attempt++)
        {
            try
            {
                var now = await client.GetAsync<Pod>(pod.Key, cancellationToken);
                if (now.Metadata.Uid != pod.Uid)
                {
                    return BindResult.Lost;
                }

                return now.Spec.NodeName.Length == 0 ? BindResult.NotBound : now.Spec.NodeName == node ? BindResult.Bound : BindResult.Lost;
            }
            catch (ApiException exception) when (exception.Status.Code == 404)
            {
                return BindResult.Lost;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return BindResult.Bound;
            }
            catch (Exception exception)
            {
                LogStillUnknown(logger, exception, pod.Key, attempt);
                await Task.Delay(s_retry.Jittered(attempt, 0.5, ids.NextDouble()), time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }

        return BindResult.Bound;
    }

    [LoggerMessage(1, LogLevel.Information, "Scheduler: binding {Pod} to {Node} was refused: {Message}")]
    private static partial void LogRefused(ILogger logger, ObjectKey pod, string node, string message);

    [LoggerMessage(2, LogLevel.Warning, "Scheduler: it is not known whether {Pod} was bound to {Node}")]
    private static partial void LogUnknown(ILogger logger, Exception exception, ObjectKey pod, string node);

    [LoggerMessage(3, LogLevel.Warning, "Scheduler: {Pod} could not be read to learn whether it was bound, attempt {Attempt}")]
    private static partial void LogStillUnknown(ILogger logger, Exception exception, ObjectKey pod, int attempt);
}
