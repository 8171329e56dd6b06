using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Minke.Node.Logs;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Server;

/// <summary>Serves <c>/containerLogs/NAMESPACE/POD/CONTAINER</c> with the kubelet's query parameters.</summary>
internal sealed class LogEndpoint(ContainerFinder finder, IContainerRuntime runtime, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, string podNamespace, string podName, string container)
    {
        var query = Parse(context.Request.Query);
        var id = finder.FindForLogs(podNamespace, podName, container, NodeQuery.IsSet(context.Request.Query, "previous"));
        var status = await FindStatusAsync(id, podName, container, context.RequestAborted);
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        context.Response.ContentType = "text/plain";
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted); // the head first: a followed log may be silent for long
        var reader = new LogReader(status.LogPath, cancellation => IsRunningAsync(id, cancellation), time);
        await reader.CopyAsync(query, context.Response.BodyWriter, context.RequestAborted);
    }

    private LogQuery Parse(IQueryCollection query) => new()
    {
        Follow = NodeQuery.IsSet(query, "follow"),
        Timestamps = NodeQuery.IsSet(query, "timestamps"),
        Since = Since(query),
        TailLines = NodeQuery.Number(query, "tailLines"),
        LimitBytes = NodeQuery.Number(query, "limitBytes"),
        Stdout = query["stream"].ToString() is "" or "All" or "Stdout",
        Stderr = query["stream"].ToString() is "" or "All" or "Stderr",
    };

    private DateTimeOffset? Since(IQueryCollection query)
    {
        var now = time.GetUtcNow();
        if (NodeQuery.Number(query, "sinceSeconds") is { } seconds)
        {
            return seconds < (now - DateTimeOffset.MinValue).TotalSeconds ? now - TimeSpan.FromSeconds(seconds) : null;
        }

        var text = query["sinceTime"].ToString();
        return text.Length == 0
            ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
                ? since
                : throw NodeRequestException.BadRequest($"the query parameter \"sinceTime\" is not a time: \"{text}\"");
    }

    private async Task<ContainerStatus> FindStatusAsync(string id, string podName, string container, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.ContainerStatusAsync(id, cancellationToken);
        }
        catch (RuntimeException missing) when (missing.Code == RuntimeErrorCode.NotFound)
        {
            throw NodeRequestException.NotFound($"the log of container \"{container}\" in pod \"{podName}\" is no longer kept: its container was removed");
        }
    }

    private async ValueTask<bool> IsRunningAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await runtime.ContainerStatusAsync(id, cancellationToken)).State is ContainerState.ContainerRunning or ContainerState.ContainerCreated;
        }
        catch (RuntimeException failure) when (failure.Code is RuntimeErrorCode.Unavailable or RuntimeErrorCode.DeadlineExceeded)
        {
            return true; // a restarting runtime does not end its containers; the next check tells
        }
        catch (RuntimeException)
        {
            return false;
        }
    }
}
