using System.Net;
using System.Net.Sockets;

[assembly: AssemblyFixture(typeof(Minke.EndToEnd.Cluster))]
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Minke.EndToEnd;

/// <summary>
/// One Minke for all end-to-end tests: own data directory, ports, bridge and pod addresses, started with the launcher as a user does and purged at the end.
/// </summary>
public sealed class Cluster : IAsyncLifetime
{
    internal Instance Instance { get; } = new("main");

    public async ValueTask InitializeAsync()
    {
        if (Repository.CanRunPods)
        {
            (await Instance.UpAsync()).Succeeded();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Repository.CanRunPods)
        {
            (await Instance.PurgeAsync()).Succeeded();
        }
    }

    /// <summary>The cluster under test, or a skipped test where the machine cannot run pods.</summary>
    internal Instance Get()
    {
        Assert.SkipUnless(Repository.CanRunPods, "needs root, containerd and runc");
        return Instance;
    }
}

/// <summary>One private Minke: everything of it lies under its own data directory and its own ports.</summary>
internal sealed class Instance
{
    private static int s_next;

    private readonly string[] _options;

    public Instance(string name)
    {
        var number = Interlocked.Increment(ref s_next);
        DataDir = Path.Combine(Path.GetTempPath(), $"minke-e2e-{Environment.ProcessId}-{name}");
        ApiPort = FreePort();
        NodePort = FreePort();
        PodCidr = $"10.{200 + (Environment.ProcessId % 40)}.{number}.0/24";
        _options = ["--data-dir", DataDir, "--port", $"{ApiPort}", "--node-port", $"{NodePort}", "--pod-cidr", PodCidr];
    }

    public string DataDir { get; }
    public int ApiPort { get; }
    public int NodePort { get; }
    public string PodCidr { get; }
    public string Kubeconfig => Path.Combine(DataDir, "kubeconfig");

    /// <summary>kubectl as the machine has it, else the newest that the test set-up unpacked.</summary>
    public Kubectl Kubectl => new(File.Exists("/usr/bin/kubectl") ? "/usr/bin/kubectl" : Path.Combine(Repository.Tools, "kubectl"), Kubeconfig);

    public Task<Output> UpAsync(params string[] more) => Shell.RunAsync(Repository.Launcher, ["up", .. _options, .. more]);

    public System.Diagnostics.Process Start(params string[] more) => Shell.Start(Repository.Launcher, ["up", .. _options, .. more]);

    public Task<Output> DownAsync() => MinkeAsync("down");

    public Task<Output> PurgeAsync() => MinkeAsync("down", "--purge");

    public Task<Output> MinkeAsync(params string[] arguments) => Shell.RunAsync(Repository.Launcher, [.. arguments, "--data-dir", DataDir]);

    /// <summary>A new namespace for one test, so that tests do not see each other's objects.</summary>
    public async Task<string> NamespaceAsync(string purpose)
    {
        var name = $"{purpose}-{Interlocked.Increment(ref s_next)}";
        await Kubectl.OkAsync("create", "namespace", name);
        await Kubectl.WaitAsync(name, "serviceaccount", "default", s => s is not null, "exists");
        return name;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
