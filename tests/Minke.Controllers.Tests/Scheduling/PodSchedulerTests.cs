using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Scheduler;
using Minke.Testing.Clients;
using Minke.Testing.Simulation;
using Xunit;

namespace Minke.Controllers.Tests.Scheduling;

public sealed class PodSchedulerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    [Fact]
    public void NewPod_IsBoundAndSaidSo() => Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a"));
        world.Client.Log.Put(Given.Pod("p"));

        await world.UntilBound("p", "a");
        await world.Loop.UntilAsync(() => world.Events("Scheduled").Any(), () => "the event", s_patience);

        Assert.Equal("Successfully assigned default/p to a", world.Events("Scheduled").Single().Message);
    });

    [Fact]
    public void PodThatFitsNowhere_IsBoundWhenANodeComes() => Run(async world =>
    {
        world.Client.Log.Put(Given.Pod("p"));
        await world.Loop.UntilAsync(() => world.Client.Patches.Count > 0, () => "the condition", s_patience);
        Assert.Contains("\"reason\":\"Unschedulable\"", world.Client.Patches[0].Json, StringComparison.Ordinal);

        world.Client.Log.Put(Given.Node("a"));

        await world.UntilBound("p", "a");
    });

    [Fact]
    public void PodThatFitsNowhere_IsBoundWhenRoomIsMade() => Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a", cpu: "2"));
        var first = world.Client.Log.Put(Given.Pod("first", cpu: "2", node: "a"));
        world.Client.Log.Put(Given.Pod("second", cpu: "1"));
        await world.Loop.UntilAsync(() => world.Events("FailedScheduling").Any(), () => "the refusal", s_patience);

        world.Client.Log.Remove(first);

        await world.UntilBound("second", "a");
    });

    [Fact]
    public void ManyPodsAtOnce_NeverOverfillANode() => Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a", cpu: "4"));
        world.Client.Log.Put(Given.Node("b", cpu: "4"));
        for (var i = 0; i < 12; i++)
        {
            world.Client.Log.Put(Given.Pod("p" + i, cpu: "1"));
        }

        await world.Loop.UntilAsync(() => world.Bound.Count() >= 8, () => $"8 bound pods, saw {world.Bound.Count()}", s_patience);
        await world.Loop.SettleAsync();

        Assert.Equal([4, 4], world.Bound.CountBy(pod => pod.Spec.NodeName).Select(count => count.Value));
    });

    [Fact]
    public void BindingOfUnknownOutcome_KeepsThePlaceUntilItIsKnown() => Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a", cpu: "1"));
        var failures = 0;
        world.Client.BeforeCall = call =>
        {
            if (call.StartsWith("bind Pod default/first", StringComparison.Ordinal) && failures++ == 0)
            {
                var bound = world.Client.Log.Find<Pod>(new ObjectKey("default", "first"))!.Clone();
                bound.Spec.NodeName = "a";
                world.Client.CutWatches();
                world.Client.Log.Put(bound);
                throw new HttpRequestException("the connection was lost after the write");
            }
        };
        world.Client.Log.Put(Given.Pod("first", cpu: "1"));
        await world.UntilBound("first", "a");
        world.Client.Log.Put(Given.Pod("second", cpu: "1"));
        await world.Loop.UntilAsync(() => world.Events("FailedScheduling").Any(), () => "the refusal", s_patience);

        Assert.Single(world.Bound);
    });

    [Fact]
    public void RefusedBinding_IsTriedAgain() => Run(async world =>
    {
        var calls = 0;
        world.Client.BeforeCall = call =>
        {
            if (call.StartsWith("bind", StringComparison.Ordinal) && calls++ < 2)
            {
                throw ApiErrors.TooManyRequests("later", 1);
            }
        };
        world.Client.Log.Put(Given.Node("a"));
        world.Client.Log.Put(Given.Pod("p"));

        await world.UntilBound("p", "a");
    });

    [Fact]
    public void GatedPod_IsLeftAloneUntilItsGatesAreGone() => Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a"));
        var gated = Given.Pod("p");
        gated.Spec.SchedulingGates.Add(new PodSchedulingGate { Name = "example.com/wait" });
        world.Client.Log.Put(gated);
        await world.Loop.UntilAsync(() => world.Client.Patches.Count > 0, () => "the condition", s_patience);
        Assert.Contains("\"reason\":\"SchedulingGated\"", world.Client.Patches[0].Json, StringComparison.Ordinal);
        Assert.Empty(world.Bound);

        world.Client.Log.Put(Given.Pod("p"));

        await world.UntilBound("p", "a");
    });

    [Fact]
    public void PodOfAnotherScheduler_IsLeftAlone() => Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a"));
        var foreign = Given.Pod("foreign");
        foreign.Spec.SchedulerName = "mine";
        world.Client.Log.Put(foreign);
        world.Client.Log.Put(Given.Pod("p"));
        await world.UntilBound("p", "a");

        Assert.Single(world.Bound);
    });

    private static void Run(Func<World, Task> test)
    {
        foreach (var seed in Enumerable.Range(1, 10))
        {
            SimLoop.Run(seed, async loop =>
            {
                var world = new World(loop);
                try
                {
                    await test(world);
                }
                finally
                {
                    await world.StopAsync();
                }

                Assert.Empty(world.Logger.Errors);
            });
        }
    }

    private sealed class World
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public World(SimLoop loop)
        {
            Loop = loop;
            var ids = new Ids(new Random(loop.Seed));
            Client = new MemoryObjectClient(loop.Time, ids);
            _running = new PodScheduler(Client, loop.Time, ids, Logger).RunAsync(_stop.Token);
        }

        public SimLoop Loop { get; }
        public MemoryObjectClient Client { get; }
        public StrictLogger Logger { get; } = new();
        public IEnumerable<Pod> Bound => Client.Log.All<Pod>().Where(pod => pod.Spec.NodeName.Length > 0);

        public IEnumerable<Event> Events(string reason) => Client.Log.All<Event>().Where(item => item.Reason == reason);

        public Task UntilBound(string pod, string node) => Loop.UntilAsync(
            () => Bound.Any(item => item.Metadata.Name == pod && item.Spec.NodeName == node),
            () => $"{pod} on {node}; the calls were{Environment.NewLine}{string.Join(Environment.NewLine, Client.Calls.Concat(Logger.Lines))}",
            s_patience);

        public async Task StopAsync()
        {
            _stop.Cancel();
            await _running;
        }
    }
}
