using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Client;
using Minke.Host;
using Minke.Node;
using Minke.Node.Cgroups;
using Minke.Node.Logs;
using Minke.Node.Runtime;
using Minke.Node.Server;

namespace Minke.Startup;

/// <summary>The node agent and the HTTPS server where it serves logs, exec, attach and port-forward.</summary>
internal sealed class NodeSide(UpOptions options, CriRuntime runtime, TimeProvider time, Ids ids, ILoggerFactory loggers) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);

    private NodeServer? _server;

    /// <summary>Starts both and returns when the node is ready.</summary>
    /// <exception cref="StartException">The node does not get ready.</exception>
    public Task StartAsync(ControlPlane controlPlane, StartProgress progress, RunningParts parts, CancellationToken cancellationToken) =>
        progress.StepAsync("node", async () =>
        {
            var started = time.GetUtcNow();
            var client = controlPlane.NewClient("minke-node");
            var address = NodeAddresses.FindPrimary();
            var agent = new NodeAgent(
                AgentOptions(address),
                MachineFacts.Measure(options.Instance.DataDirectory),
                runtime,
                PodCgroups.Detect("/" + options.Instance.CgroupName, time),
                client,
                time,
                ids,
                loggers);
            parts.Start("node agent", agent.RunAsync);
            _server = await NodeServer.StartAsync(ServerOptions(controlPlane, address), runtime, PodLookup.Of(agent), time, loggers, cancellationToken);
            var rotator = new LogRotator(runtime, options.NodeName, LogRotation.Default, time, loggers.CreateLogger<LogRotator>());
            parts.Start("log rotation", rotator.RunAsync);
            await NodeReadiness.WaitAsync(client, options.NodeName, started, ReadyPatience, time, cancellationToken);
        });

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    private NodeAgentOptions AgentOptions(IPAddress address) => new()
    {
        NodeName = options.NodeName,
        Addresses = [address.ToString()],
        DataDirectory = options.Instance.DataDirectory,
        LogDirectory = Path.Combine(options.Instance.LogDirectory, "pods"),
        CgroupRoot = "/" + options.Instance.CgroupName,
        PodCidr = options.RuntimeSocket is null ? options.PodCidr.ToString() : "",
        StreamingPort = options.NodePort,
        OomScoreAdjustMin = HostFacts.OomScoreAdjustMin,
    };

    private NodeServerOptions ServerOptions(ControlPlane controlPlane, IPAddress address) => new()
    {
        Endpoint = new IPEndPoint(IPAddress.Any, options.NodePort),
        Certificate = controlPlane.Pki.NodeServing(options.NodeName, [address]),
        ClientAuthority = X509CertificateLoader.LoadCertificateFromFile(controlPlane.Pki.AuthorityPath),
    };
}
