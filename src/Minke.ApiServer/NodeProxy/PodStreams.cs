using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.ApiServer.Security;
using Minke.Client;
using Minke.Client.Streams;

namespace Minke.ApiServer.NodeProxy;

/// <summary>
/// The subresources <c>log</c>, <c>exec</c>, <c>attach</c> and <c>portforward</c> of pods: finds the pod's node and forwards the request to it. Exec and
/// the like become a tunnel for the bytes of whichever protocol the client and the node agree on. Requests were authorized before they come here.
/// </summary>
public sealed class PodStreams : IDisposable
{
    private const int MaxErrorBodyBytes = 16 * 1024;
    private const int CopyBytes = 32 * 1024;

    private static readonly string[] s_requestHeaders =
        ["Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "X-Stream-Protocol-Version"];

    private static readonly string[] s_responseHeaders = ["Upgrade", "Sec-WebSocket-Accept", "Sec-WebSocket-Protocol", "X-Stream-Protocol-Version"];

    private readonly IObjectClient _objects;
    private readonly NodeConnection _nodes;
    private readonly TimeProvider _time;

    /// <param name="objects">Reads pods and nodes.</param>
    /// <param name="authority">Signed the nodes' serving certificates.</param>
    /// <param name="clientCertificate">What nodes let in, with its key.</param>
    /// <param name="time">Measures idle sessions.</param>
    public PodStreams(IObjectClient objects, CertificateAuthority authority, X509Certificate2 clientCertificate, TimeProvider time)
    {
        _objects = objects;
        _nodes = new NodeConnection(objects, authority, clientCertificate);
        _time = time;
    }

    /// <summary>Answers with the log as plain text.</summary>
    /// <exception cref="ApiException">The failure to answer, when nothing was answered yet.</exception>
    public async Task LogAsync(HttpContext http, string podNamespace, string podName)
    {
        var query = NodeQueries.Logs(http.Request.Query, podName);
        var pod = await _objects.GetAsync<Pod>(new ObjectKey(podNamespace, podName), http.RequestAborted);
        var container = PodContainers.Choose(pod, http.Request.Query["container"].FirstOrDefault("") ?? "");
        if (pod.Spec.NodeName.Length == 0)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent; // it has not written anything
            return;
        }

        var path = $"/containerLogs/{Uri.EscapeDataString(podNamespace)}/{Uri.EscapeDataString(podName)}/{Uri.EscapeDataString(container)}{query}";
        using var request = await _nodes.RequestAsync(HttpMethod.Get, pod.Spec.NodeName, path, http.RequestAborted);
        using var response = await _nodes.SendAsync(request, http.RequestAborted);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await FailureAsync(response, pod, container, http.RequestAborted);
        }

        await CopyAsync(response, http);
    }

    /// <summary>Runs a command in a container.</summary>
    /// <inheritdoc cref="LogAsync"/>
    public Task ExecAsync(HttpContext http, string podNamespace, string podName) =>
        RemoteCommandAsync(http, podNamespace, podName, "exec");

    /// <summary>Joins the client with the streams of a container's process.</summary>
    /// <inheritdoc cref="LogAsync"/>
    public Task AttachAsync(HttpContext http, string podNamespace, string podName) =>
        RemoteCommandAsync(http, podNamespace, podName, "attach");

    /// <summary>Connects to ports inside the pod's network.</summary>
    /// <inheritdoc cref="LogAsync"/>
    public async Task PortForwardAsync(HttpContext http, string podNamespace, string podName)
    {
        RequireUpgrade(http);
        var pod = await FindPlacedAsync(http, podNamespace, podName);
        var path = $"/portForward/{Uri.EscapeDataString(podNamespace)}/{Uri.EscapeDataString(podName)}{NodeQueries.PortForward(http.Request.Query)}";
        await TunnelAsync(http, pod, "", path);
    }

    public void Dispose() => _nodes.Dispose();

    private async Task RemoteCommandAsync(HttpContext http, string podNamespace, string podName, string endpoint)
    {
        RequireUpgrade(http);
        var pod = await FindPlacedAsync(http, podNamespace, podName);
        var container = PodContainers.Choose(pod, http.Request.Query["container"].FirstOrDefault("") ?? "");
        var query = NodeQueries.RemoteCommand(http.Request.Query);
        var path = $"/{endpoint}/{Uri.EscapeDataString(podNamespace)}/{Uri.EscapeDataString(podName)}/{Uri.EscapeDataString(container)}{query}";
        await TunnelAsync(http, pod, container, path);
    }

    private static void RequireUpgrade(HttpContext http)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
        {
            throw ApiErrors.BadRequest("Upgrade request required");
        }
    }

    private async Task<Pod> FindPlacedAsync(HttpContext http, string podNamespace, string podName)
    {
        var pod = await _objects.GetAsync<Pod>(new ObjectKey(podNamespace, podName), http.RequestAborted);
        return pod.Spec.NodeName.Length > 0 ? pod : throw ApiErrors.BadRequest($"pod {podName} does not have a host assigned");
    }

    private async Task TunnelAsync(HttpContext http, Pod pod, string container, string path)
    {
        using var request = await _nodes.RequestAsync(new HttpMethod(http.Request.Method), pod.Spec.NodeName, path, http.RequestAborted);
        request.Headers.Connection.Add("Upgrade");
        foreach (var name in s_requestHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, http.Request.Headers[name].AsEnumerable());
        }

        using var response = await _nodes.SendAsync(request, http.RequestAborted);
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            throw await FailureAsync(response, pod, container, http.RequestAborted);
        }

        foreach (var name in s_responseHeaders)
        {
            if (response.Headers.TryGetValues(name, out var values))
            {
                http.Response.Headers[name] = values.ToArray();
            }
        }

        http.Response.Headers.Connection = "Upgrade";
        using var idle = new IdleLimit(IdleLimit.Default, _time, http.RequestAborted);
        await using var node = await response.Content.ReadAsStreamAsync(http.RequestAborted);
        await using var client = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await ByteTunnel.RunAsync(client, node, idle, _time);
    }

    private static async Task CopyAsync(HttpResponseMessage response, HttpContext http)
    {
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        http.Response.ContentType = "text/plain";
        await http.Response.Body.FlushAsync(http.RequestAborted); // a followed log may be silent for long
        await using var log = await response.Content.ReadAsStreamAsync(http.RequestAborted);
        var buffer = new byte[CopyBytes];
        int count;
        while ((count = await log.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, count), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    /// <summary>The node's sentence in a Status.</summary>
    private static async Task<ApiException> FailureAsync(HttpResponseMessage response, Pod pod, string container, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxErrorBodyBytes];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var message = Encoding.UTF8.GetString(buffer, 0, count);
        return response.StatusCode switch
        {
            HttpStatusCode.BadRequest => ApiErrors.BadRequest(message),
            HttpStatusCode.NotFound when container.Length > 0 && pod.Status.Phase is "" or "Pending" => ApiErrors.BadRequest(
                $"container \"{container}\" in pod \"{pod.Metadata.Name}\" is waiting to start: {PodContainers.WaitingReason(pod, container)}"),
            HttpStatusCode.NotFound => Failure(404, StatusReason.NotFound, message),
            HttpStatusCode.ServiceUnavailable => ApiErrors.ServiceUnavailable(message),
            _ => Failure(500, StatusReason.InternalError, message),
        };
    }

    private static ApiException Failure(int code, string reason, string message) =>
        new(new Status { Result = "Failure", Code = code, Reason = reason, Message = message });
}
