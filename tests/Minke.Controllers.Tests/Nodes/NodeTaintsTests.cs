using Minke.Api;
using Minke.Api.Core;
using Minke.Controllers.Nodes;
using Xunit;

namespace Minke.Controllers.Tests.Nodes;

using Node = Minke.Api.Core.Node;

public sealed class NodeTaintsTests
{
    private static readonly DateTimeOffset s_now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ReadyNode_NeedsNoTaints() => Assert.Null(NodeTaints.Correct(Given.Node("a"), s_now));

    [Theory]
    [InlineData("False", "node.kubernetes.io/not-ready")]
    [InlineData("Unknown", "node.kubernetes.io/unreachable")]
    public void NodeThatIsNotReady_KeepsPodsAwayAndHasThemLeave(string status, string key)
    {
        var node = Given.Node("a");
        node.Status.Conditions[0].Status = status;

        var taints = NodeTaints.Correct(node, s_now)!;

        Assert.Equal([(key, "NoExecute"), (key, "NoSchedule")], taints.Select(taint => (taint.Key, taint.Effect)).Order());
        Assert.All(taints, taint => Assert.Equal(s_now, taint.TimeAdded));
    }

    [Fact]
    public void RecoveredNode_LosesItsTaintsAndKeepsThoseOfUsers()
    {
        var node = Given.Node("a");
        node.Spec.Taints.Add(new Taint { Key = NodeTaints.NotReady, Effect = "NoExecute" });
        node.Spec.Taints.Add(new Taint { Key = "mine", Effect = "NoExecute" });

        Assert.Equal(["mine"], NodeTaints.Correct(node, s_now)!.Select(taint => taint.Key));
    }

    [Fact]
    public void CordonAndPressure_KeepPodsAway()
    {
        var node = Given.Node("a");
        node.Spec.Unschedulable = true;
        node.Status.Conditions.Add(new NodeCondition { Type = "DiskPressure", Status = "True" });

        Assert.Equal(
            ["node.kubernetes.io/disk-pressure", "node.kubernetes.io/unschedulable"], NodeTaints.Correct(node, s_now)!.Select(taint => taint.Key).Order());
    }

    [Theory]
    [InlineData(null, 300)]
    [InlineData(30, 30)]
    public void PodOnAnUnreachableNode_LeavesAfterItsPatience(int? tolerationSeconds, int leavesAfter)
    {
        var pod = Given.Pod("p", node: "a");
        if (tolerationSeconds is { } seconds)
        {
            pod.Spec.Tolerations.Add(new Toleration { Key = NodeTaints.Unreachable, Operator = "Exists", TolerationSeconds = seconds });
        }

        Assert.Equal(s_now.AddSeconds(leavesAfter), EvictionTime.Of(pod, Tainted(NodeTaints.Unreachable), s_now));
    }

    [Fact]
    public void TolerationWithoutLimit_LetsThePodStay()
    {
        var pod = Given.Pod("p", node: "a");
        pod.Spec.Tolerations.Add(new Toleration { Operator = "Exists" });

        Assert.Null(EvictionTime.Of(pod, Tainted("anything"), s_now));
    }

    [Fact]
    public void UntoleratedTaintOfAUser_ActsAtOnce() => Assert.Equal(s_now, EvictionTime.Of(Given.Pod("p", node: "a"), Tainted("mine"), s_now));

    private static Node Tainted(string key)
    {
        var node = Given.Node("a");
        node.Spec.Taints.Add(new Taint { Key = key, Effect = "NoExecute", TimeAdded = s_now });
        return node;
    }
}
