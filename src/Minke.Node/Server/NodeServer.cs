using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Minke.Node.Runtime;
using Minke.Node.Streaming;

namespace Minke.Node.Server;

/// <summary>
/// The node's own HTTPS server, with the kubelet's paths: logs, exec, attach, port-forward and what <see cref="NodeServerOptions.Routes"/> adds. The
/// API server is its client; users come through it, which is where they are authorized.
/// </summary>
public sealed class NodeServer : IAsyncDisposable
{
    private const int MaxSessions = 1000;
    private static readonly TimeSpan s_drainTimeout = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly RuntimeUpgrade _upgrade;

    private NodeServer(WebApplication app, RuntimeUpgrade upgrade)
    {
        _app = app;
        _upgrade = upgrade;
    }

    /// <summary>Where the server listens, with the port that the system chose when port 0 was asked for.</summary>
    public IPEndPoint Endpoint
    {
        get
        {
            var uri = new Uri(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
            return new IPEndPoint(IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
        }
    }

    /// <summary>Starts to listen. Disposing stops it and breaks open sessions off.</summary>
    /// <exception cref="IOException">The port is taken or the address is not one of this machine.</exception>
    public static async Task<NodeServer> StartAsync(
        NodeServerOptions options,
        IContainerRuntime runtime,
        PodLookup pods,
        TimeProvider time,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        var upgrade = new RuntimeUpgrade();
        var finder = new ContainerFinder(pods);
        var session = new StreamSession(upgrade, options.StreamIdleLimit, time, loggers.CreateLogger<StreamSession>());
        var routes = new NodeRoutes(
            new LogEndpoint(finder, runtime, time), new StreamEndpoints(finder, runtime, session), options.Routes, loggers.CreateLogger<NodeRoutes>());
        var app = Build(options, loggers);
        app.Run(routes.HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            upgrade.Dispose();
            throw;
        }

        return new NodeServer(app, upgrade);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _upgrade.Dispose();
    }

    private static WebApplication Build(NodeServerOptions options, ILoggerFactory loggers)
    {
        var clients = new ClientCheck(options.ClientAuthority, options.ClientNames);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_drainTimeout);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MaxSessions;
            kestrel.Limits.MaxRequestBodySize = 0; // no endpoint takes a body
            kestrel.Limits.MaxRequestLineSize = 64 * 1024; // a command is in the query
            kestrel.Limits.MinResponseDataRate = null; // whoever follows a log may read as slowly as they like
            kestrel.Listen(options.Endpoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1; // upgrades are part of HTTP/1.1 only
                listen.UseHttps(https => SetTls(https, options.Certificate, clients));
            });
        });
        return builder.Build();
    }

    private static void SetTls(HttpsConnectionAdapterOptions https, X509Certificate2 certificate, ClientCheck clients)
    {
        https.ServerCertificate = certificate;
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (client, _, _) => clients.IsAllowed(client);
    }

    /// <summary>The program that this server is part of decides when to stop, not the host's signal handlers.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
