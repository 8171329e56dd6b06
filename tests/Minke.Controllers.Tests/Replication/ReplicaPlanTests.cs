using Minke.Api.Core;
using Minke.Controllers.Replication;
using Xunit;

namespace Minke.Controllers.Tests.Replication;

public sealed class ReplicaPlanTests
{
    private static readonly DateTimeOffset s_now = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ReplicationController _controller = Given.Controller("web", 2);

    [Fact]
    public void TooFew_AreCreated() => Assert.Equal(1, Plan(Running("a")).Create);

    [Fact]
    public void EndedAndDyingPods_DoNotCount()
    {
        var ended = Running("ended");
        ended.Status.Phase = "Failed";
        var dying = Running("dying");
        dying.Metadata.DeletionTimestamp = s_now;

        Assert.Equal(1, Plan(Running("a"), ended, dying).Create);
    }

    [Fact]
    public void MatchingOrphan_IsAdoptedInsteadOfCreated()
    {
        var orphan = Running("orphan");
        orphan.Metadata.OwnerReferences.Clear();

        var plan = Plan(Running("a"), orphan);

        Assert.Equal([orphan], plan.Adopt);
        Assert.Equal(0, plan.Create);
    }

    [Fact]
    public void OwnedPodWithOtherLabels_IsReleasedAndReplaced()
    {
        var renamed = Running("renamed");
        renamed.Metadata.Labels["app"] = "other";

        var plan = Plan(Running("a"), renamed);

        Assert.Equal([renamed], plan.Release);
        Assert.Equal(1, plan.Create);
    }

    [Fact]
    public void PodOfAnotherController_IsLeftAlone()
    {
        var foreign = Given.Pod("foreign").OwnedBy(Given.Controller("other", 1));
        foreign.Metadata.Labels["app"] = "web";

        var plan = Plan(foreign);

        Assert.Empty(plan.Adopt);
        Assert.Equal(2, plan.Create);
    }

    [Fact]
    public void DyingController_DoesNothing()
    {
        _controller.Metadata.DeletionTimestamp = s_now;

        Assert.Equal(0, Plan().Create);
    }

    [Fact]
    public void TooMany_TheLeastUsefulGoFirst()
    {
        var unscheduled = Given.Pod("unscheduled").OwnedBy(_controller);
        var pending = Given.Pod("pending", node: "a").OwnedBy(_controller);
        var notReady = Given.Pod("not-ready").OwnedBy(_controller).Running("a", readySince: null);
        var old = Running("old", "b", s_now.AddHours(-10));
        var young = Running("young", "c", s_now.AddSeconds(-10));
        _controller.Spec.Replicas = 0;

        Assert.Equal([unscheduled, pending, notReady, young, old], Plan(old, young, notReady, pending, unscheduled).Delete);
    }

    [Fact]
    public void TooMany_DoubledUpNodesGoFirst()
    {
        var alone = Running("alone", "a");
        var (first, second) = (Running("first", "b"), Running("second", "b"));

        Assert.NotEqual([alone], Plan(alone, first, second).Delete);
    }

    [Fact]
    public void TooMany_CheapPodsGoFirst()
    {
        var cheap = Running("cheap", "a");
        cheap.Metadata.Annotations["controller.kubernetes.io/pod-deletion-cost"] = "-5";

        Assert.Equal([cheap], Plan(Running("first", "b"), Running("second", "b"), cheap).Delete);
    }

    [Fact]
    public void VeryManyMissing_AreMadeInBursts()
    {
        _controller.Spec.Replicas = 10_000;

        Assert.Equal(ReplicaPlan.BurstMax, Plan().Create);
    }

    private ReplicaPlan Plan(params Pod[] pods) => ReplicaPlan.For(_controller, pods, s_now);

    private Pod Running(string name, string node = "n", DateTimeOffset? readySince = null) =>
        Given.Pod(name).OwnedBy(_controller).Running(node, readySince ?? s_now.AddHours(-1));
}
