using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Minke.Node.Runtime.Grpc;

/// <summary>
/// A gRPC client (unary and server-streaming calls) over HTTP/2 without TLS on a Unix socket, as container runtimes serve it
/// (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). Thread-safe. Calls share connections, which are opened on demand and
/// reopened after the peer restarts.
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    /// <summary>The largest message accepted; the kubelet's limit for CRI.</summary>
    public const int MessageBytesMax = 16 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue s_contentType = new("application/grpc");

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;

    public GrpcChannel(string socketPath, TimeProvider time)
    {
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = (_, cancellationToken) => ConnectAsync(socketPath, cancellationToken),
        });
    }

    /// <summary>One request, one answer.</summary>
    /// <param name="method">For example <c>/runtime.v1.RuntimeService/Version</c>.</param>
    /// <param name="timeout">The call's deadline, told to the peer too; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <exception cref="GrpcException">Any outcome but OK; a passed deadline is <see cref="GrpcStatusCode.DeadlineExceeded"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<TResponse> CallAsync<TResponse>(
        string method, IMessage request, MessageParser<TResponse> parser, TimeSpan timeout, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(method, request, timeout, linked.Token);
            await using var body = await response.Content.ReadAsStreamAsync(linked.Token);
            var answer = await GrpcFrames.ReadAsync(body, parser, MessageBytesMax, method, linked.Token);
            var extra = answer is null ? null : await GrpcFrames.ReadAsync(body, parser, MessageBytesMax, method, linked.Token);
            ThrowUnlessOk(method, response);
            return answer is not null && extra is null
                ? answer
                : throw new GrpcException(GrpcStatusCode.Internal, method, "exactly one message was expected in the answer");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatusCode.DeadlineExceeded, method, $"no answer within {timeout.TotalSeconds:0.###} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidProtocolBufferException)
        {
            throw Unreachable(method, e);
        }
    }

    /// <summary>One request, answers until the peer ends the stream with OK.</summary>
    /// <exception cref="GrpcException">The stream ended otherwise.</exception>
    public async IAsyncEnumerable<TResponse> StreamAsync<TResponse>(
        string method, IMessage request, MessageParser<TResponse> parser, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>
    {
        using var response = await GuardAsync(method, () => SendAsync(method, request, Timeout.InfiniteTimeSpan, cancellationToken));
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (await GuardAsync(method, () => GrpcFrames.ReadAsync(body, parser, MessageBytesMax, method, cancellationToken)) is { } message)
        {
            yield return message;
        }

        ThrowUnlessOk(method, response);
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(string socketPath, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<T> GuardAsync<T>(string method, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidProtocolBufferException)
        {
            throw Unreachable(method, e);
        }
    }

    private static GrpcException Unreachable(string method, Exception cause) => cause is InvalidProtocolBufferException
        ? new GrpcException(GrpcStatusCode.Internal, method, "the answer is not a valid message", cause)
        : new GrpcException(GrpcStatusCode.Unavailable, method, cause.InnerException?.Message ?? cause.Message, cause);

    private async Task<HttpResponseMessage> SendAsync(string method, IMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(GrpcFrames.Encode(request));
        content.Headers.ContentType = s_contentType;
        using var message = new HttpRequestMessage(HttpMethod.Post, $"http://localhost{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            // At most eight digits are allowed; in milliseconds that is more than a day.
            var milliseconds = Math.Clamp((long)timeout.TotalMilliseconds, 1, 99_999_999);
            message.Headers.Add("grpc-timeout", string.Create(CultureInfo.InvariantCulture, $"{milliseconds}m"));
        }

        var response = await _http.SendAsync(message, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            throw new GrpcException(GrpcStatusCode.Unavailable, method, $"the peer answered HTTP {(int)response.StatusCode}");
        }
    }

    private static void ThrowUnlessOk(string method, HttpResponseMessage response)
    {
        // An answer without a body carries its status in the headers ("trailers-only").
        var text = Header(response.TrailingHeaders, "grpc-status") ?? Header(response.Headers, "grpc-status");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw new GrpcException(GrpcStatusCode.Unknown, method, "the answer carries no status");
        }

        if (code != 0)
        {
            var detail = Header(response.TrailingHeaders, "grpc-message") ?? Header(response.Headers, "grpc-message") ?? "";
            throw new GrpcException(code <= 16 ? (GrpcStatusCode)code : GrpcStatusCode.Unknown, method, Uri.UnescapeDataString(detail));
        }
    }

    private static string? Header(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
