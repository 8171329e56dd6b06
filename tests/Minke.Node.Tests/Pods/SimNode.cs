using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Testing.Clients;
using Minke.Testing.Runtime;
using Minke.Testing.Simulation;

namespace Minke.Node.Tests.Pods;

/// <summary>A node agent on a fake runtime, an API in memory and virtual time.</summary>
internal sealed class SimNode : IDisposable
{
    public const string Name = "node-1";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    private readonly SimLoop _loop;
    private readonly string _directory;
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private SimNode(SimLoop loop)
    {
        _loop = loop;
        _directory = Directory.CreateTempSubdirectory("minke-sim-node-").FullName;
        Ids = new Ids(new Random(loop.Seed));
        Api = new MemoryObjectClient(loop.Time, Ids);
        Runtime = new FakeRuntime(loop.Time);
        Agent = null!;
    }

    public Ids Ids { get; }
    public MemoryObjectClient Api { get; }
    public FakeRuntime Runtime { get; }
    public FakeCgroups Cgroups { get; } = new();
    public StrictLogger Logger { get; } = new();
    public NodeAgent Agent { get; private set; }
    public DateTimeOffset Now => _loop.Time.GetUtcNow();
    public string DataDirectory => Path.Combine(_directory, "data");

    /// <summary>Runs a test with a started node.</summary>
    public static void Run(Func<SimNode, Task> test, Action<SimNode>? prepare = null) => SimLoop.Run(7, async loop =>
    {
        using var node = new SimNode(loop);
        prepare?.Invoke(node);
        node.Start();
        await test(node);
        await node.StopAsync();
        Assert.Empty(node.Logger.Errors);
    });

    public void Start()
    {
        _stop = new CancellationTokenSource();
        Agent = new NodeAgent(Options(), Machine, Runtime, Cgroups, Api, _loop.Time, Ids, Logger);
        _running = Agent.RunAsync(_stop.Token);
    }

    public async Task StopAsync()
    {
        _stop.Cancel();
        try
        {
            await _running;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _stop.Dispose();
        }
    }

    public async Task RestartAsync(Action? meanwhile = null)
    {
        await StopAsync();
        meanwhile?.Invoke();
        Start();
        await SettleAsync();
    }

    public Pod Create(string name, Action<Pod>? change = null)
    {
        var pod = NewPod(name);
        pod.Metadata.Uid = Ids.NewUid();
        pod.Metadata.CreationTimestamp = Now;
        change?.Invoke(pod);
        return Api.Log.Put(pod);
    }

    public static Pod NewPod(string name)
    {
        var pod = new Pod();
        pod.Metadata.Name = name;
        pod.Metadata.Namespace = "default";
        pod.Spec.NodeName = Name;
        pod.Spec.RestartPolicy = "Always";
        pod.Spec.TerminationGracePeriodSeconds = 30;
        pod.Spec.DnsPolicy = "Default";
        pod.Spec.Containers.Add(NewContainer("main"));
        return pod;
    }

    public static Container NewContainer(string name) => new()
    {
        Name = name,
        Image = "registry.test/image:1",
        ImagePullPolicy = "IfNotPresent",
        TerminationMessagePath = "/dev/termination-log",
        TerminationMessagePolicy = "File",
    };

    /// <summary>As a graceful delete leaves the object: to be ended by the node.</summary>
    public void Delete(string name, long graceSeconds = 30)
    {
        var pod = Get(name)!.Clone();
        pod.Metadata.DeletionTimestamp = Now.AddSeconds(graceSeconds);
        pod.Metadata.DeletionGracePeriodSeconds = graceSeconds;
        Api.Log.Put(pod);
    }

    public Pod? Get(string name) => Api.Log.Find<Pod>(new ObjectKey("default", name));

    public ContainerStatus StatusOf(string pod, string container = "main") =>
        Get(pod)!.Status.InitContainerStatuses.Concat(Get(pod)!.Status.ContainerStatuses).First(status => status.Name == container);

    public Task UntilAsync(Func<bool> condition) => _loop.UntilAsync(condition, Describe, s_patience);

    public Task UntilPhaseAsync(string pod, string phase) => UntilAsync(() => Get(pod)?.Status.Phase == phase);

    public Task UntilReadyAsync(string pod) =>
        UntilAsync(() => Get(pod)?.Status.Conditions.Any(static condition => condition is { Type: "Ready", Status: "True" }) == true);

    public Task SettleAsync() => _loop.SettleAsync();

    public async Task AdvanceAsync(TimeSpan time)
    {
        var until = Now + time;
        using var timer = _loop.Time.CreateTimer(static _ => { }, null, time, Timeout.InfiniteTimeSpan);
        await _loop.UntilAsync(() => Now >= until, static () => "time to pass", time + TimeSpan.FromSeconds(1));
    }

    public IReadOnlyList<string> Events(string reason) => [.. Api.Log.All<Event>().Where(item => item.Reason == reason).Select(static item => item.Message)];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Describe()
    {
        var pods = string.Join("\n", Api.Log.All<Pod>().Select(static pod => $"{pod.Metadata.Name}: {System.Text.Encoding.UTF8.GetString(ApiJson.EncodeValue(pod.Status))}"));
        return $"a state; pods:\n{pods}\ncalls:\n{string.Join("\n", Runtime.Calls)}\nlog:\n{string.Join("\n", Logger.Lines.TakeLast(20))}";
    }

    private NodeAgentOptions Options() => new()
    {
        NodeName = Name,
        Addresses = ["192.0.2.1"],
        DataDirectory = DataDirectory,
        LogDirectory = Path.Combine(_directory, "logs"),
    };

    private static MachineFacts Machine { get; } = new()
    {
        Processors = 4,
        MemoryBytes = 8L << 30,
        DiskBytes = 100L << 30,
        Architecture = "amd64",
        KernelVersion = "6.1.0",
        OsImage = "Test",
    };
}
