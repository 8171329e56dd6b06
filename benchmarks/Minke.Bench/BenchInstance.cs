using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Minke.Host;

namespace Minke.Benchmarks;

/// <summary>A private Minke, started with the real program: own data directory, ports and pod addresses. Everything of it is removed at the end.</summary>
internal sealed class BenchInstance : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(3);

    private readonly string _binary;
    private readonly HostCommand _command = new(TimeProvider.System);
    private readonly string[] _upOptions;

    public BenchInstance(string binary)
    {
        _binary = binary;
        DataDirectory = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"minke-bench-{Environment.ProcessId}"));
        string[] ports = [.. FreePorts(2).Select(port => port.ToString(CultureInfo.InvariantCulture))];
        _upOptions = ["--port", ports[0], "--node-port", ports[1], "--pod-cidr", "10.249.0.0/24"];
    }

    public string DataDirectory { get; }

    public string Kubeconfig => Path.Combine(DataDirectory, "kubeconfig");

    public Task UpAsync(CancellationToken cancellationToken) => RunAsync(["up", .. _upOptions], cancellationToken);

    public Task DownAsync(CancellationToken cancellationToken) => RunAsync(["down"], cancellationToken);

    public async Task<JsonElement> StatusAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await RunAsync(["status", "-o", "json"], cancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>Ends the Minke process; containerd goes on.</summary>
    public async Task StopMinkeOnlyAsync(CancellationToken cancellationToken)
    {
        var pid = (await StatusAsync(cancellationToken)).GetProperty("pid").GetInt32();
        if (ProcessIdentity.Of(pid) is { } minke)
        {
            await Signals.StopAsync(minke, TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The container runtime's socket.</summary>
    public string RuntimeSocket
    {
        get
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(DataDirectory, "instance.json")));
            return document.RootElement.GetProperty("runtimeSocket").GetString()!;
        }
    }

    public async ValueTask DisposeAsync() => await RunAsync(["down", "--purge"], CancellationToken.None);

    private Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        _command.CheckAsync(_binary, [.. arguments, "--data-dir", DataDirectory], null, CommandTimeout, cancellationToken);

    private static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.ConvertAll(l => ((IPEndPoint)l.LocalEndpoint).Port);
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
