using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Api;
using Minke.Api.Core;
using Minke.ApiServer;
using Minke.Client;
using Minke.Node.Cgroups;
using Minke.Node.Runtime;
using Minke.Node.Tests.Runtime;
using Minke.Testing.Clients;
using Minke.Testing.Stores;

namespace Minke.Node.Tests.Pods;

/// <summary>A node agent on the tests' containerd and a real API server without its HTTP face.</summary>
internal sealed class RealNode : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static int s_count;

    private readonly CancellationTokenSource _stopServer = new();
    private readonly MemoryStore _store = new();
    private readonly StrictLogger _logger = new();
    private readonly string _directory;
    private readonly string _cgroupRoot;
    private readonly Task _server;
    private CancellationTokenSource _stopAgent = new();
    private Task _agentRun = Task.CompletedTask;

    private RealNode(CriRuntime runtime, string directory)
    {
        Runtime = runtime;
        var number = Interlocked.Increment(ref s_count);
        Name = string.Create(CultureInfo.InvariantCulture, $"real-{number}");
        _directory = Path.Combine(directory, Name);
        _cgroupRoot = string.Create(CultureInfo.InvariantCulture, $"/minke-node-tests-{Environment.ProcessId}-{number}");
        var core = new ServerCore(_store, TimeProvider.System, Ids.FromSystem(), NullLoggerFactory.Instance);
        Client = core.NewClient("tests");
        _server = core.RunAsync(_stopServer.Token);
        Ready = core.Ready;
        Agent = null!;
    }

    public string Name { get; }
    public CriRuntime Runtime { get; }
    public IObjectClient Client { get; }
    public NodeAgent Agent { get; private set; }
    public string DataDirectory => Path.Combine(_directory, "data");
    private Task Ready { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RealNode> StartAsync(ContainerdFixture containerd)
    {
        var node = new RealNode(await containerd.RuntimeAsync(Cancel), containerd.Directory);
        await node.Ready.WaitAsync(Cancel);
        node.StartAgent();
        return node;
    }

    public void StartAgent()
    {
        var options = new NodeAgentOptions
        {
            NodeName = Name,
            Addresses = ["192.0.2.1"],
            DataDirectory = DataDirectory,
            LogDirectory = Path.Combine(_directory, "logs"),
            CgroupRoot = _cgroupRoot,
            VolumeRefreshInterval = TimeSpan.FromMilliseconds(200),
        };
        _stopAgent = new CancellationTokenSource();
        var cgroups = PodCgroups.Detect(_cgroupRoot, TimeProvider.System);
        Agent = new NodeAgent(options, MachineFacts.Measure("/"), Runtime, cgroups, Client, TimeProvider.System, Ids.FromSystem(), _logger);
        _agentRun = Agent.RunAsync(_stopAgent.Token);
    }

    public async Task StopAgentAsync()
    {
        await _stopAgent.CancelAsync();
        await _agentRun.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopAgent.Dispose();
    }

    public Pod NewPod(string name, params string[] command)
    {
        var pod = new Pod();
        pod.Metadata.Name = name;
        pod.Metadata.Namespace = "default";
        pod.Spec.NodeName = Name;
        pod.Spec.TerminationGracePeriodSeconds = 1;
        pod.Spec.Containers.Add(NewContainer("main", command));
        return pod;
    }

    public static Container NewContainer(string name, params string[] command) => new()
    {
        Name = name,
        Image = ContainerdFixture.Image,
        Command = [.. command.Length == 0 ? ["sleep", "100000"] : command],
    };

    public async Task<Pod> CreateAsync(Pod pod) => await Client.CreateAsync(pod, Cancel);

    public async Task<Pod> RunAsync(Pod pod)
    {
        await CreateAsync(pod);
        return await UntilAsync(pod.Metadata.Name, static p => p.Status.Conditions.Any(static c => c is { Type: "Ready", Status: "True" }));
    }

    /// <summary>Waits by a watch until the pod is in a state.</summary>
    public async Task<Pod> UntilAsync(string name, Func<Pod, bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var patience = TimeProvider.System.CreateTimer(_ => timeout.Cancel(), null, s_patience, Timeout.InfiniteTimeSpan);
        var key = new ObjectKey("default", name);
        var seen = await Client.GetAsync<Pod>(key, Cancel);
        try
        {
            var request = new WatchRequest { Namespace = "default", FieldSelector = $"metadata.name={name}", ResourceVersion = seen.Metadata.ResourceVersion };
            if (condition(seen))
            {
                return seen;
            }

            await foreach (var change in Client.WatchAsync<Pod>(request, timeout.Token))
            {
                if (change.Type is WatchEventType.Bookmark)
                {
                    continue;
                }

                seen = change.Item;
                if (condition(seen))
                {
                    return seen;
                }
            }
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            Assert.Fail($"not reached in {s_patience}: {System.Text.Encoding.UTF8.GetString(ApiJson.EncodeValue(seen.Status))}\n{string.Join("\n", _logger.Lines)}\n{await EventsAsync()}");
        }

        throw new InvalidOperationException("the watch ended");
    }

    public async Task DeleteAndWaitAsync(string name, long graceSeconds = 1)
    {
        await Client.DeleteAsync<Pod>(new ObjectKey("default", name), new DeleteRequest { GracePeriodSeconds = graceSeconds }, Cancel);
        await EventuallyAsync(async () => !(await Client.ListAsync<Pod>(new ListRequest(), Cancel)).Items.Any(pod => pod.Metadata.Name == name), $"pod {name} to be gone");
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < s_patience, $"waited for {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        }
    }

    /// <summary>Runs a shell command in a container and returns what it printed.</summary>
    public async Task<string> ExecAsync(string pod, string container, string script)
    {
        var location = Agent.FindContainer("default", pod, container, previous: false) ?? throw new InvalidOperationException($"no container {container} in {pod}");
        var result = await Runtime.ExecSyncAsync(location.ContainerId, ["sh", "-c", script], TimeSpan.FromSeconds(20), Cancel);
        return (result.Stdout.ToStringUtf8() + result.Stderr.ToStringUtf8()).TrimEnd('\n');
    }

    /// <summary>A file of the pod's cgroup; null when there is none.</summary>
    public string? Cgroup(Pod pod, string controller, string file)
    {
        var unified = File.Exists("/sys/fs/cgroup/cgroup.controllers");
        var path = $"/sys/fs/cgroup/{(unified ? "" : controller)}{_cgroupRoot}/pod{pod.Metadata.Uid}/{file}";
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    public async Task<string> EventsAsync() =>
        string.Join("\n", (await Client.ListAsync<Event>(new ListRequest(), Cancel)).Items.Select(static item => $"{item.Reason}: {item.Message}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var pod in (await Client.ListAsync<Pod>(new ListRequest(), CancellationToken.None)).Items)
        {
            await DeleteAndWaitAsync(pod.Metadata.Name);
        }

        // The object of a pod that had ended goes before what is left of it here.
        var pods = Path.Combine(DataDirectory, "pods");
        var cgroups = PodCgroups.Detect(_cgroupRoot, TimeProvider.System);
        await EventuallyAsync(
            () => Task.FromResult(cgroups.List().Count == 0 && (!Directory.Exists(pods) || !Directory.EnumerateFileSystemEntries(pods).Any())),
            "nothing to be left of the pods");
        await StopAgentAsync();
        await _stopServer.CancelAsync();
        await _server.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _store.DisposeAsync();
        foreach (var hierarchy in Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup"))
        {
            if (Directory.Exists($"{hierarchy}{_cgroupRoot}"))
            {
                Directory.Delete($"{hierarchy}{_cgroupRoot}");
            }
        }
    }
}
