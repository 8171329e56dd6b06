using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;

namespace Minke.Client.Http;

/// <summary>
/// The transport to an API server on another machine: HTTPS with JSON, all requests and watches on few HTTP/2 connections. It does not retry: a failure
/// is told to the caller, whose work queue or informer retries; what the server says about when is in the exception's status.
/// </summary>
/// <remarks>Objects that come back are frozen, as they are in the same process.</remarks>
public sealed class HttpObjectClient : IObjectClient, IDisposable
{
    private const int ListBytesMax = 512 * 1024 * 1024;
    private const int ObjectBytesMax = ApiLimits.MaxBodyBytes + (64 * 1024);

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly HttpClient _http;
    private readonly ApiEndpoint _endpoint;
    private readonly TimeProvider _time;

    public HttpObjectClient(ApiEndpoint endpoint, TimeProvider time)
    {
        _endpoint = endpoint;
        _time = time;
        _http = new HttpClient(NewHandler(endpoint)) { BaseAddress = endpoint.Server, Timeout = Timeout.InfiniteTimeSpan };
    }

    public Task<T> GetAsync<T>(ObjectKey key, CancellationToken cancellationToken)
        where T : ApiObject, new() => SendAsync<T>(HttpMethod.Get, ResourceUri.Of(Kinds.Of<T>(), key.Namespace, key.Name), null, cancellationToken);

    public async Task<ObjectList<T>> ListAsync<T>(ListRequest request, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var uri = ResourceUri.Of(Kinds.Of<T>(), request.Namespace) + ResourceUri.ListQuery(request);
        var body = await ExchangeAsync(HttpMethod.Get, uri, null, ListBytesMax, cancellationToken);
        return ListDecoder.Decode<T>(body.Span);
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var uri = ResourceUri.Of(Kinds.Of<T>(), request.Namespace) + ResourceUri.WatchQuery(request);
        using var message = NewRequest(HttpMethod.Get, uri, null);
        using var response = await StartWatchAsync(message, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var change in WatchDecoder.ReadAsync<T>(stream, cancellationToken))
        {
            yield return change;
        }
    }

    public Task<T> CreateAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new() => SendAsync<T>(HttpMethod.Post, ResourceUri.Of(Kinds.Of<T>(), item.Metadata.Namespace), Json(item), cancellationToken);

    public Task<T> UpdateAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new() => PutAsync(item, "", cancellationToken);

    public Task<T> UpdateStatusAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new() => PutAsync(item, "status", cancellationToken);

    public Task<Namespace> FinalizeAsync(Namespace item, CancellationToken cancellationToken) => PutAsync(item, "finalize", cancellationToken);

    public Task<T> PatchAsync<T>(ObjectKey key, PatchBody patch, string? subresource, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var content = new ReadOnlyMemoryContent(patch.Json);
        content.Headers.ContentType = new MediaTypeHeaderValue(patch.Type switch
        {
            PatchType.Json => "application/json-patch+json",
            PatchType.Merge => "application/merge-patch+json",
            PatchType.StrategicMerge => "application/strategic-merge-patch+json",
            PatchType.Apply => "application/apply-patch+yaml",
            _ => throw new ArgumentOutOfRangeException(nameof(patch), patch.Type, "an unknown type of patch"),
        });
        var uri = ResourceUri.Of(Kinds.Of<T>(), key.Namespace, key.Name, subresource ?? "") + ResourceUri.PatchQuery(patch);
        return SendAsync<T>(HttpMethod.Patch, uri, content, cancellationToken);
    }

    public Task DeleteAsync<T>(ObjectKey key, DeleteRequest request, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var options = new DeleteOptions { GracePeriodSeconds = request.GracePeriodSeconds, PropagationPolicy = request.PropagationPolicy };
        if (request.Uid is not null || request.ResourceVersion is not null)
        {
            options.Preconditions = new Preconditions { Uid = request.Uid, ResourceVersion = request.ResourceVersion };
        }

        return ExchangeAsync(HttpMethod.Delete, ResourceUri.Of(Kinds.Of<T>(), key.Namespace, key.Name), Json(options), ObjectBytesMax, cancellationToken);
    }

    public Task BindAsync(ObjectKey pod, string? podUid, string nodeName, CancellationToken cancellationToken)
    {
        var binding = new Binding
        {
            Metadata = new ObjectMeta { Name = pod.Name, Namespace = pod.Namespace, Uid = podUid ?? "" },
            Target = new ObjectReference { Kind = "Node", Name = nodeName },
        };
        var uri = ResourceUri.Of(Kinds.Of<Pod>(), pod.Namespace, pod.Name, "binding");
        return ExchangeAsync(HttpMethod.Post, uri, Json(binding), ObjectBytesMax, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler NewHandler(ApiEndpoint endpoint)
    {
        var tls = new SslClientAuthenticationOptions();
        if (endpoint.ClientCertificate is { } certificate)
        {
            tls.ClientCertificates = [certificate];
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        if (endpoint.Authorities.Count > 0)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(endpoint.Authorities);
        }

        return new SocketsHttpHandler
        {
            SslOptions = tls,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),

            // A peer that vanished without a word is noticed, also under a watch that has nothing to tell.
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
    }

    private static ReadOnlyMemoryContent Json(ApiRoot value)
    {
        var content = new ReadOnlyMemoryContent(ApiJson.Encode(value));
        content.Headers.ContentType = s_json;
        return content;
    }

    private Task<T> PutAsync<T>(T item, string subresource, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var uri = ResourceUri.Of(Kinds.Of<T>(), item.Metadata.Namespace, item.Metadata.Name, subresource);
        return SendAsync<T>(HttpMethod.Put, uri, Json(item), cancellationToken);
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string uri, HttpContent? content, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var body = await ExchangeAsync(method, uri, content, ObjectBytesMax, cancellationToken);
        return (T)ApiJson.Decode(Kinds.Of<T>(), body.Span).Frozen();
    }

    /// <exception cref="ApiException">The server answered with an error, or (a transient one) could not be reached or took too long.</exception>
    private async Task<ReadOnlyMemory<byte>> ExchangeAsync(HttpMethod method, string uri, HttpContent? content, int bytesMax, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_endpoint.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var message = NewRequest(method, uri, content);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode
                ? await BoundedBody.ReadAsync(response.Content, bytesMax, either.Token)
                : throw await StatusDecoder.DecodeAsync(response, either.Token);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(method, uri, exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Unreachable(method, uri, exception);
        }
    }

    /// <summary>A watch has no deadline as a whole, but its beginning has.</summary>
    private async Task<HttpResponseMessage> StartWatchAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_endpoint.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw await StatusDecoder.DecodeAsync(response, either.Token);
            }
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(message.Method, message.RequestUri!.ToString(), exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Unreachable(message.Method, message.RequestUri!.ToString(), exception);
        }
    }

    // Both are told as the server's own failures are, so that callers need to know of one sort only, whichever the transport.
    private ApiException TooSlow(HttpMethod method, string uri, Exception exception)
    {
        var timeout = ApiErrors.Timeout($"{method} {uri} took longer than {_endpoint.RequestTimeout}");
        return new ApiException(timeout.Status, exception);
    }

    private ApiException Unreachable(HttpMethod method, string uri, Exception exception) =>
        ApiErrors.ServiceUnavailable($"{method} {_endpoint.Server.GetLeftPart(UriPartial.Authority)}{uri}: {exception.Message}", 0, exception);

    private HttpRequestMessage NewRequest(HttpMethod method, string uri, HttpContent? content)
    {
        var message = new HttpRequestMessage(method, uri)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.Accept.ParseAdd("application/json");
        message.Headers.UserAgent.ParseAdd(_endpoint.UserAgent);
        if (_endpoint.Token is { } token)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return message;
    }
}
