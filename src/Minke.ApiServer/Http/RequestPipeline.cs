using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.ApiServer.Metrics;
using Minke.ApiServer.Resources;
using Minke.ApiServer.Security;
using Minke.Store;

namespace Minke.ApiServer.Http;

/// <summary>
/// The one handler of all requests: authenticate, route, authorize, limit, dispatch. Whatever goes wrong becomes a Status, and what nobody
/// expected is logged once and answered by 500.
/// </summary>
internal sealed partial class RequestPipeline(
    Authenticator authenticator,
    Authorizer authorizer,
    ResourceService service,
    ResourceDispatcher resources,
    FixedPaths fixedPaths,
    InflightLimit inflight,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger logger,
    CancellationToken stopping)
{
    // What a request other than a watch or a stream may take; kube-apiserver's default.
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromSeconds(60);

    public async Task InvokeAsync(HttpContext http)
    {
        var start = time.GetTimestamp();
        var label = new RequestLabel();
        try
        {
            await HandleAsync(http, label);
        }
        catch (Exception e)
        {
            await AnswerFailureAsync(http, e);
        }
        finally
        {
            metrics.Answered(label.Verb, label.Resource, http.Response.StatusCode, time.GetElapsedTime(start), label.IsLongRunning);
        }
    }

    private Task HandleAsync(HttpContext http, RequestLabel label)
    {
        var path = http.Request.Path.Value ?? "/";
        var user = authenticator.Authenticate(http.Connection.ClientCertificate, http.Request.Headers.Authorization.ToString());
        if (ResourcePath.TryParse(path, out var resource) && resource.Resource.Length > 0)
        {
            return HandleResourceAsync(http, user, resource, path, label);
        }

        label.Verb = http.Request.Method;
        authorizer.Check(user, RequestAttributes.ForPath(http.Request.Method, path));
        return fixedPaths.HandleAsync(http, path);
    }

    private async Task HandleResourceAsync(HttpContext http, UserInfo user, ResourcePath path, string urlPath, RequestLabel label)
    {
        var verb = VerbOf(http, path);
        authorizer.Check(user, new RequestAttributes(verb, path.Group, path.Resource, path.Subresource, path.Namespace, path.Name, urlPath));
        var kind = Kinds.FindResource(path.Group, path.Version, path.Resource) ?? throw ApiErrors.NoSuchPath();
        if (path.Namespace.Length > 0 && !kind.Namespaced)
        {
            throw ApiErrors.NoSuchPath();
        }

        label.Verb = verb;
        label.Resource = path.Subresource.Length == 0 ? path.Resource : $"{path.Resource}/{path.Subresource}";
        var request = new ApiRequest(http, user, path, verb, kind, service.ViewOrNull(kind));
        label.IsLongRunning = resources.IsLongRunning(request);
        await (label.IsLongRunning ? RunLongAsync(request) : RunAsync(request));
    }

    private async Task RunLongAsync(ApiRequest request)
    {
        metrics.LongRunning(1);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted, stopping);
        request.Http.RequestAborted = end.Token;
        try
        {
            await resources.DispatchAsync(request);
        }
        finally
        {
            metrics.LongRunning(-1);
        }
    }

    private async Task RunAsync(ApiRequest request)
    {
        var mutating = request.Verb is not ("get" or "list");
        if (!inflight.TryEnter(mutating))
        {
            metrics.Dropped();
            throw ApiErrors.TooManyRequests("Too many requests, please try again later.", 1);
        }

        metrics.Inflight(1, mutating);
        using var timeout = new CancellationTokenSource(s_requestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted, timeout.Token);
        request.Http.RequestAborted = either.Token;
        try
        {
            await resources.DispatchAsync(request);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw ApiErrors.Timeout("request did not complete within the allotted timeout");
        }
        finally
        {
            metrics.Inflight(-1, mutating);
            inflight.Exit(mutating);
        }
    }

    /// <exception cref="ApiException">The method is none that resources know (405).</exception>
    private static string VerbOf(HttpContext http, ResourcePath path)
    {
        var isCollection = path.Name.Length == 0;
        var isWatch = path.WatchPrefix || (isCollection && new RequestQuery(http.Request.Query).Watch);
        return http.Request.Method switch
        {
            "GET" when isWatch => "watch",
            "GET" => isCollection ? "list" : "get",
            "POST" when isCollection || path.Subresource.Length > 0 => "create",
            "PUT" when !isCollection => "update",
            "PATCH" when !isCollection => "patch",
            "DELETE" => isCollection ? "deletecollection" : "delete",
            _ => throw ApiErrors.MethodNotAllowed(),
        };
    }

    private async Task AnswerFailureAsync(HttpContext http, Exception exception)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = http.Response.HasStarted ? http.Response.StatusCode : StatusCodes.Status499ClientClosedRequest;
            return;
        }

        var failure = ToApiException(exception);
        if (failure.Code == StatusCodes.Status500InternalServerError)
        {
            Unexpected(logger, http.Request.Method, http.Request.Path.Value ?? "", exception);
        }

        if (http.Response.HasStarted)
        {
            http.Abort(); // half an answer must not look like a whole one
            return;
        }

        http.Response.Clear();
        await StatusResponse.WriteAsync(http, failure.Status);
    }

    private static ApiException ToApiException(Exception exception) => exception switch
    {
        ApiException known => known,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiErrors.TooLarge($"limit is {TlsListener.MaxRequestBytes}"),
        BadHttpRequestException bad => ApiErrors.BadRequest(bad.Message, bad),
        StoreUnavailableException away => ApiErrors.ServiceUnavailable(away.Message, inner: away),
        _ => ApiErrors.InternalError(exception.Message, exception),
    };

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void Unexpected(ILogger logger, string method, string path, Exception exception);

    /// <summary>What metrics call the request.</summary>
    private sealed class RequestLabel
    {
        public string Verb { get; set; } = "";

        public string Resource { get; set; } = "";

        public bool IsLongRunning { get; set; }
    }
}
