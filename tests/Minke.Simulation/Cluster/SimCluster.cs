using Minke.Api;
using Minke.ApiServer;
using Minke.Client;
using Minke.Controllers;
using Minke.Node;
using Minke.Scheduler;
using Minke.Testing.Clients;
using Minke.Testing.Simulation;
using Minke.Testing.Stores;

namespace Minke.Simulation.Cluster;

/// <summary>
/// A whole cluster in one thread on virtual time: the store in memory, the core of the API server, the scheduler, all controllers and the agents of some
/// nodes on fake container runtimes, each of which can crash and come back.
/// </summary>
public sealed class SimCluster : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private CancellationTokenSource _serverStop = new();
    private Task _server = Task.CompletedTask;

    public SimCluster(SimLoop loop, int nodes)
    {
        Loop = loop;
        Ids = new Ids(new Random(loop.Seed));
        Store = new MemoryStore(loop.Time, new StoreFaults(new Random(loop.Seed + 1)));
        Store.Committed = Invariants.OnCommitted;
        Core = NewServer();
        Machines = [.. Enumerable.Range(1, nodes).Select(number => new SimMachine("node-" + number, loop.Random, loop.Time, Faults))];
        Agents = [.. Machines.Select(machine => NewProcess("agent of " + machine.Name, (client, stop) => NewAgent(machine, client).RunAsync(stop)))];
        Processes =
        [
            NewProcess("scheduler", (client, stop) => new PodScheduler(client, Loop.Time, Ids, Logger).RunAsync(stop)),
            NewProcess("controllers", (client, stop) => new ControllerSet(client, Loop.Time, Ids, Logger, "PEM").RunAsync(stop)),
            .. Agents,
        ];
    }

    public SimLoop Loop { get; }
    public Ids Ids { get; }
    public StrictLogger Logger { get; } = new();
    public FaultRates Faults { get; } = new();
    public MemoryStore Store { get; }

    /// <summary>The API server that runs now.</summary>
    public ServerCore Core { get; private set; }

    public ClusterInvariants Invariants { get; } = new();
    public IReadOnlyList<SimMachine> Machines { get; }
    public IReadOnlyList<SimProcess> Agents { get; }
    public IReadOnlyList<SimProcess> Processes { get; }

    /// <summary>A client without faults, for the test itself.</summary>
    public IObjectClient User => Core.NewClient("user");

    public async Task StartAsync()
    {
        _server = Core.RunAsync(_serverStop.Token);
        await Loop.UntilAsync(() => Core.IsReady, () => "the API server to be ready", s_patience);
        foreach (var process in Processes)
        {
            process.Start();
        }
    }

    /// <summary>Stops the API server where it stands and starts another one on the same store after a pause, in which nobody answers.</summary>
    public async Task RestartServerAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await StopServerAsync();
        await Task.Delay(pause, Loop.Time, cancellationToken);
        Core = NewServer();
        _serverStop = new CancellationTokenSource();
        _server = Core.RunAsync(_serverStop.Token);
        await Loop.UntilAsync(() => Core.IsReady, () => "the API server to be ready again", s_patience);
    }

    public async Task StopAsync()
    {
        foreach (var process in Processes)
        {
            await process.CrashAsync();
        }

        await StopServerAsync();
    }

    public void Dispose()
    {
        foreach (var machine in Machines)
        {
            machine.Dispose();
        }
    }

    public void Note(string what) => SimLog.Happened(Logger, what);

    private ServerCore NewServer() => new(Store, Loop.Time, Ids, Logger);

    private async Task StopServerAsync()
    {
        _serverStop.Cancel();
        try
        {
            await _server;
        }
        catch (OperationCanceledException) when (_serverStop.IsCancellationRequested)
        {
            return;
        }
    }

    private IObjectClient Connect(string name) => Core.IsReady ? Core.NewClient(name) : throw ApiErrors.ServiceUnavailable("connection refused", 0);

    private SimProcess NewProcess(string name, Func<IObjectClient, CancellationToken, Task> run) =>
        new(name, () => new ProcessClient(() => Connect(name), Faults, Loop.Random, Loop.Time), run);

    private NodeAgent NewAgent(SimMachine machine, IObjectClient client) =>
        new(machine.AgentOptions, SimMachine.Facts, machine.Runtime, machine.Cgroups, client, Loop.Time, Ids, Logger);
}
