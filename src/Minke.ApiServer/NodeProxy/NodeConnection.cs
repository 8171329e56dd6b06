using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Minke.Api;
using Minke.Api.Core;
using Minke.ApiServer.Security;
using Minke.Client;

namespace Minke.ApiServer.NodeProxy;

/// <summary>
/// Sends requests to the HTTPS servers of nodes. A node is dialled at the address and port that its Node object tells, must show a certificate of
/// the cluster's authority for its name, and is shown the API server's client certificate.
/// </summary>
internal sealed class NodeConnection : IDisposable
{
    private const int DefaultPort = 10250;
    private static readonly string[] s_addressTypes = ["InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS"];
    private static readonly HttpRequestOptionsKey<string> s_address = new("minke.node-address");

    private readonly IObjectClient _objects;
    private readonly HttpMessageInvoker _http;

    public NodeConnection(IObjectClient objects, CertificateAuthority authority, X509Certificate2 clientCertificate)
    {
        _objects = objects;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            ConnectCallback = DialAsync,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [clientCertificate],
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                    (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) == 0
                    && certificate is X509Certificate2 shown
                    && authority.Verifies(shown, CertificatePurpose.Server),
            },
        });
    }

    /// <summary>A request to a node; <see cref="SendAsync"/> takes it.</summary>
    /// <param name="pathAndQuery">Escaped.</param>
    /// <exception cref="ApiException">There is no such node, or it does not say where it is (500).</exception>
    public async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string nodeName, string pathAndQuery, CancellationToken cancellationToken)
    {
        var node = await FindAsync(nodeName, cancellationToken);
        var address = s_addressTypes.Select(type => node.Status.Addresses.FirstOrDefault(a => a.Type == type)?.Address).FirstOrDefault(a => !string.IsNullOrEmpty(a))
            ?? throw ApiErrors.InternalError($"node \"{nodeName}\" has no address");
        var port = node.Status.DaemonEndpoints.KubeletEndpoint.Port is > 0 and var told ? told : DefaultPort;

        // The node's name is what its certificate is for, so it is the URL's host; the address is dialled.
        var request = new HttpRequestMessage(method, new UriBuilder("https", nodeName, port).Uri.GetLeftPart(UriPartial.Authority) + pathAndQuery)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Options.Set(s_address, address);
        return request;
    }

    /// <summary>The answer, whatever its code, once its head is there.</summary>
    /// <exception cref="ApiException">The node cannot be reached (500, as kube-apiserver answers).</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw ApiErrors.InternalError($"error dialing backend: {failure.InnerException?.Message ?? failure.Message}", failure);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Minke.Api.Core.Node> FindAsync(string nodeName, CancellationToken cancellationToken)
    {
        try
        {
            return await _objects.GetAsync<Minke.Api.Core.Node>(new ObjectKey("", nodeName), cancellationToken);
        }
        catch (ApiException missing) when (missing.IsNotFound)
        {
            throw ApiErrors.InternalError($"the pod's node \"{nodeName}\" is not known", missing);
        }
    }

    private static async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.InitialRequestMessage.Options.TryGetValue(s_address, out var address);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address ?? context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
