using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Controllers.Nodes;
using Xunit;

namespace Minke.Controllers.Tests.Nodes;

using Node = Minke.Api.Core.Node;

public sealed class NodeLossTests
{
    [Fact]
    public void SilentNode_BecomesUnknownAndItsPodsLeaveInTheEnd() => World.Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a"));
        world.Client.Log.Put(Given.Pod("p", node: "a").Running("a", world.Loop.Time.GetUtcNow()));

        await world.UntilAsync(() => NodeTaints.ReadyStatus(NodeOf(world)) == "Unknown", "the node to be unknown");
        Assert.InRange(world.Loop.Time.Elapsed, NodeLifecycle.GracePeriod, NodeLifecycle.GracePeriod + TimeSpan.FromSeconds(2));
        await world.UntilAsync(() => world.Client.Log.All<Pod>().All(pod => pod.Status.Conditions[0].Status == "False"), "the pod not to be ready");
        await world.UntilAsync(() => !world.Client.Log.All<Pod>().Any(), "the pod to be evicted");
        Assert.InRange(world.Loop.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    });

    [Fact]
    public void NodeThatSpeaksAgain_LosesItsTaints() => World.Run(async world =>
    {
        world.Client.Log.Put(Given.Node("a"));
        await world.UntilAsync(() => NodeOf(world).Spec.Taints.Count == 2, "the taints");

        var back = NodeOf(world).Clone();
        back.Status.Conditions.Clear();
        back.Status.Conditions.Add(new NodeCondition { Type = "Ready", Status = "True", LastHeartbeatTime = world.Loop.Time.GetUtcNow() });
        world.Client.Log.Put(back);

        await world.UntilAsync(() => NodeOf(world).Spec.Taints.Count == 0, "no taints");
    });

    [Fact]
    public void DeletedNode_TakesItsPodsWithIt() => World.Run(async world =>
    {
        var node = world.Client.Log.Put(Given.Node("a"));
        world.Client.Log.Put(Given.Pod("p", node: "a").Running("a", world.Loop.Time.GetUtcNow()));
        await world.Loop.SettleAsync();

        world.Client.Log.Remove(node);

        await world.UntilAsync(() => !world.Client.Log.All<Pod>().Any(), "the pod to go");
        Assert.True(world.Loop.Time.Elapsed < TimeSpan.FromSeconds(5));
    });

    private static Node NodeOf(World world) => world.Client.Log.Find<Node>(new ObjectKey("", "a"))!;
}
