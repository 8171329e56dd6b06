using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Minke.ApiServer.Security;

namespace Minke.ApiServer.Http;

/// <summary>
/// The TLS listener: HTTP/1.1 and HTTP/2 on one port, client certificates asked for but not demanded. Everything that it receives goes to
/// one handler.
/// </summary>
internal sealed class TlsListener : IAsyncDisposable
{
    /// <summary>A larger request body is refused (kube-apiserver's limit).</summary>
    public const int MaxRequestBytes = 3 * 1024 * 1024;

    private const int MaxHeaderBytes = 128 * 1024; // bearer tokens and long selectors travel in the head
    private const int MaxRequestLineBytes = 64 * 1024;
    private const int MaxStreamsPerConnection = 1000;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private TlsListener(WebApplication app) => _app = app;

    /// <summary>Where the server listens, with the port that the system chose when port 0 was asked for.</summary>
    public IPEndPoint Endpoint
    {
        get
        {
            var address = _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            var uri = new Uri(address);
            return new IPEndPoint(IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The port is taken or the address is not one of this machine.</exception>
    public static async Task<TlsListener> StartAsync(
        IPEndPoint endpoint,
        X509Certificate2 certificate,
        CertificateAuthority authority,
        RequestDelegate handler,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new FrameworkLoggers(loggers));
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTimeout);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel);
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(https => SetTls(https, certificate, authority));
            });
        });
        var app = builder.Build();
        app.Run(handler);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new TlsListener(app);
    }

    /// <summary>Takes no new requests and waits a few seconds for those that run.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxRequestLineBytes;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
    }

    /// <summary>A client's certificate is judged later, per request, so that a bad one is answered by a Status and not by a broken connection.</summary>
    private static void SetTls(HttpsConnectionAdapterOptions https, X509Certificate2 certificate, CertificateAuthority authority)
    {
        https.ServerCertificate = certificate;
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (_, _, _) => true;
        https.OnAuthenticate = (_, ssl) => ssl.CertificateChainPolicy = authority.NewChainPolicy();
    }

    /// <summary>The server lives inside a program that handles signals itself.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
