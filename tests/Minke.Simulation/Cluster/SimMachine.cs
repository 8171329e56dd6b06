using Minke.Node;
using Minke.Node.Runtime;
using Minke.Testing.Runtime;

namespace Minke.Simulation.Cluster;

/// <summary>
/// A machine: its container runtime, its cgroups and its files outlive the agents that use them. Calls to the runtime take a random time and now and then fail.
/// </summary>
public sealed class SimMachine : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("minke-simulation-").FullName;

    public SimMachine(string name, Random random, TimeProvider time, FaultRates faults)
    {
        Name = name;
        Runtime = new FakeRuntime(time)
        {
            Latency = _ => TimeSpan.FromMilliseconds(100) * random.NextDouble(),
            Fault = call => random.NextDouble() < faults.FailedRuntimeCalls ? new RuntimeException(RuntimeErrorCode.Failed, call, "injected: the runtime failed") : null,
        };
    }

    public string Name { get; }

    public FakeRuntime Runtime { get; }

    public FakeCgroups Cgroups { get; } = new();

    public NodeAgentOptions AgentOptions => new()
    {
        NodeName = Name,
        Addresses = ["192.0.2.1"],
        DataDirectory = Path.Combine(_directory, "data"),
        LogDirectory = Path.Combine(_directory, "logs"),
        MaxPods = 20,
    };

    public static MachineFacts Facts { get; } = new()
    {
        Processors = 4,
        MemoryBytes = 8L << 30,
        DiskBytes = 100L << 30,
        Architecture = "amd64",
        KernelVersion = "6.1.0",
        OsImage = "Simulation",
    };

    public IEnumerable<FakeContainer> Running => Runtime.Containers.Where(static container => container.IsRunning);

    /// <summary>The uids of the pods that have a running container, sorted.</summary>
    public IReadOnlyList<string> RunningPods
    {
        get
        {
            var uidBySandbox = Runtime.Sandboxes.ToDictionary(static sandbox => sandbox.Id, static sandbox => sandbox.Config.Metadata.Uid, StringComparer.Ordinal);
            return [.. Running.Select(container => uidBySandbox[container.SandboxId]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
