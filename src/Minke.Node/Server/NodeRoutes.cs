using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Minke.Node.Runtime;
using Minke.Node.Streaming;

namespace Minke.Node.Server;

/// <summary>
/// Sends each request to its endpoint and turns failures into answers. As with the kubelet, a pod's uid may stand before the container's name, or
/// at the end of a port-forward's path; the pod is found by its name, of which a node has only one at a time.
/// </summary>
internal sealed partial class NodeRoutes(
    LogEndpoint logs, StreamEndpoints streams, IReadOnlyDictionary<string, RequestDelegate> others, ILogger<NodeRoutes> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception failure)
        {
            await AnswerAsync(context, failure);
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var task = path.Split('/') switch
        {
            ["", "containerLogs", var ns, var pod, var container] => logs.HandleAsync(context, ns, pod, container),
            ["", "exec", var ns, var pod, var container] => streams.ExecAsync(context, ns, pod, container),
            ["", "exec", var ns, var pod, _, var container] => streams.ExecAsync(context, ns, pod, container),
            ["", "attach", var ns, var pod, var container] => streams.AttachAsync(context, ns, pod, container),
            ["", "attach", var ns, var pod, _, var container] => streams.AttachAsync(context, ns, pod, container),
            ["", "portForward", var ns, var pod] => streams.PortForwardAsync(context, ns, pod),
            ["", "portForward", var ns, var pod, _] => streams.PortForwardAsync(context, ns, pod),
            ["", "healthz"] => AnswerAsync(context, StatusCodes.Status200OK, "ok"),
            _ when others.TryGetValue(path, out var handler) => handler(context),
            _ => AnswerAsync(context, StatusCodes.Status404NotFound, "404 page not found"),
        };
        await task;
    }

    private async Task AnswerAsync(HttpContext context, Exception failure)
    {
        if (context.Response.HasStarted)
        {
            LogBroken(context.Request.Path, failure.Message);
            context.Abort();
            return;
        }

        var (code, message) = failure switch
        {
            NodeRequestException refused => (refused.Code, refused.Message),
            BadHttpRequestException malformed => (malformed.StatusCode, malformed.Message),
            RuntimeStreamException stream => ((int)stream.Status, stream.Message),
            RuntimeException { Code: RuntimeErrorCode.NotFound } missing => (StatusCodes.Status404NotFound, missing.Message),
            RuntimeException { Code: RuntimeErrorCode.Unavailable } gone => (StatusCodes.Status503ServiceUnavailable, gone.Message),
            RuntimeException failed => (StatusCodes.Status500InternalServerError, failed.Message),
            IOException io => (StatusCodes.Status500InternalServerError, io.Message),
            _ => (StatusCodes.Status500InternalServerError, "the node failed to handle the request"),
        };
        LogFailed(context.Request.Path, code, failure);
        await AnswerAsync(context, code, message);
    }

    private static Task AnswerAsync(HttpContext context, int code, string message)
    {
        context.Response.Headers.Clear();
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message, context.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Debug, "{Path} broke off: {Why}")]
    private partial void LogBroken(string path, string why);

    [LoggerMessage(2, LogLevel.Debug, "{Path} is answered with {Code}")]
    private partial void LogFailed(string path, int code, Exception why);
}
