using Minke.Simulation.Cluster;
using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Simulation;

public sealed class ControlPlaneSimulation(ITestOutputHelper output)
{
    [Fact]
    public void QuietCluster_BringsUpWhatIsAskedFor() => Run(1, async cluster =>
    {
        await cluster.User.CreateAsync(Workload.Controller("web", 3), TestContext.Current.CancellationToken);
        await Workload.UntilConvergedAsync(cluster);
        Assert.Equal(3, cluster.Machines.Sum(machine => machine.RunningPods.Count));
    });

    /// <summary>Seeds that once found something; each run adds some that nobody has tried.</summary>
    public static TheoryData<int> Seeds => [.. SimSeeds.Choose([1, 2, 3, 4, 5, 6, 1168996460, 1717815641, 1394183625], fresh: 6)];

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void Storm_EndsInWhatWasAskedFor(int seed)
    {
        output.WriteLine($"seed {seed}");
        Run(seed, async cluster =>
        {
            await new Storm(cluster).RageAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
            await Workload.UntilConvergedAsync(cluster);
        });
    }

    [Fact]
    public void OneSeed_IsAlwaysTheSameRun() => Assert.Equal(Trace(11), Trace(11));

    private List<string> Trace(int seed)
    {
        List<string> lines = [];
        Run(seed, async cluster =>
        {
            await new Storm(cluster).RageAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await Workload.UntilConvergedAsync(cluster);
            lines.AddRange(cluster.Logger.Lines);
            lines.Add(FormattableString.Invariant($"{cluster.Loop.Steps} steps, {cluster.Loop.Time.Elapsed}"));
        });
        return lines;
    }

    private void Run(int seed, Func<SimCluster, Task> test) => SimLoop.Run(seed, async loop =>
    {
        using var cluster = new SimCluster(loop, nodes: 3);
        try
        {
            await cluster.StartAsync();
            await test(cluster);
            Assert.Null(cluster.Invariants.Violation);
        }
        catch
        {
            foreach (var line in cluster.Logger.Lines.TakeLast(200))
            {
                output.WriteLine(line);
            }

            throw;
        }
        finally
        {
            await cluster.StopAsync();
        }

        Assert.Empty(cluster.Logger.Errors);
    });
}
