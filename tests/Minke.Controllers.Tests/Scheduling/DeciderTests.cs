using Minke.Api;
using Minke.Api.Core;
using Minke.Scheduler;
using Xunit;

namespace Minke.Controllers.Tests.Scheduling;

using Node = Minke.Api.Core.Node;

public sealed class DeciderTests
{
    private readonly Decider _decider = new();

    [Fact]
    public void NoNodes_IsSaidPlainly() =>
        Assert.Equal("no nodes available to schedule pods", Refusal(Given.Pod("p")));

    [Fact]
    public void ResourcesThatDoNotFit_AreCountedByReason() => Assert.Equal(
        "0/3 nodes are available: 2 Insufficient cpu, 2 Insufficient memory.",
        Refusal(Given.Pod("p", cpu: "3", memory: "1Gi"), Given.Node("a", cpu: "2"), Given.Node("b", cpu: "2", memory: "1Mi"), Given.Node("c", cpu: "8", memory: "2Gi")
            .Holding(Given.Pod("other", cpu: "1", memory: "1200Mi"))));

    [Fact]
    public void FullNode_HasTooManyPods() => Assert.Equal(
        "0/1 nodes are available: 1 Too many pods.", Refusal(Given.Pod("p"), Given.Node("a", pods: 1).Holding(Given.Pod("other"))));

    [Fact]
    public void ExtendedResource_MustBeThere()
    {
        var pod = Given.Pod("p");
        pod.Spec.Containers[0].Resources.Requests["example.com/gpu"] = "1";
        Assert.Equal("0/1 nodes are available: 1 Insufficient example.com/gpu.", Refusal(pod, Given.Node("a")));
    }

    [Fact]
    public void AbsurdRequests_DoNotWrapAround()
    {
        var pod = Given.Pod("p", memory: "9223372036854775807");
        pod.Spec.Containers.Add(Given.Container(memory: "9223372036854775807"));
        Assert.Equal("0/1 nodes are available: 1 Insufficient memory.", Refusal(pod, Given.Node("a")));
    }

    [Fact]
    public void CordonedNode_TakesNothing()
    {
        var node = Given.Node("a");
        node.Spec.Unschedulable = true;
        Assert.Equal("0/1 nodes are available: 1 node(s) were unschedulable.", Refusal(Given.Pod("p"), node));
    }

    [Fact]
    public void UntoleratedTaint_IsNamed()
    {
        var node = Tainted("a", "dedicated", "db", "NoSchedule");
        Assert.Equal("0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: db}.", Refusal(Given.Pod("p"), node));
    }

    [Fact]
    public void ToleratedTaint_KeepsNothingAway()
    {
        var pod = Given.Pod("p");
        pod.Spec.Tolerations.Add(new Toleration { Key = "dedicated", Operator = "Exists" });
        Assert.Equal("a", Placement(pod, Tainted("a", "dedicated", "db", "NoSchedule")));
    }

    [Fact]
    public void PreferNoSchedule_IsOnlyAvoided()
    {
        var avoided = Tainted("a", "noisy", "", "PreferNoSchedule");
        Assert.Equal("b", Placement(Given.Pod("p"), avoided, Given.Node("b")));
        Assert.Equal("a", Placement(Given.Pod("p"), avoided));
    }

    [Fact]
    public void NodeSelector_IsObeyed()
    {
        var pod = Given.Pod("p");
        pod.Spec.NodeSelector["disk"] = "ssd";
        Assert.Equal("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", Refusal(pod, Given.Node("a")));
        Assert.Equal("b", Placement(pod, Given.Node("a"), Labelled("b", "disk", "ssd")));
    }

    [Theory]
    [InlineData("In", "ssd", true)]
    [InlineData("In", "hdd", false)]
    [InlineData("NotIn", "hdd", true)]
    [InlineData("Exists", "", true)]
    [InlineData("DoesNotExist", "", false)]
    [InlineData("Gt", "1", false)]
    public void RequiredNodeAffinity_IsObeyed(string op, string value, bool fits)
    {
        var pod = Given.Pod("p");
        var requirement = new NodeSelectorRequirement { Key = "disk", Operator = op };
        if (value.Length > 0)
        {
            requirement.Values.Add(value);
        }

        var term = new NodeSelectorTerm();
        term.MatchExpressions.Add(requirement);
        pod.Spec.Affinity = new Affinity { NodeAffinity = new NodeAffinity { RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector() } };
        pod.Spec.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms.Add(term);

        Assert.Equal(fits, Decide(pod, Labelled("a", "disk", "ssd")) is Outcome.Placed);
    }

    [Fact]
    public void PreferredNodeAffinity_Decides()
    {
        var pod = Given.Pod("p");
        var preferred = new PreferredSchedulingTerm { Weight = 10 };
        preferred.Preference.MatchExpressions.Add(new NodeSelectorRequirement { Key = "disk", Operator = "Exists" });
        pod.Spec.Affinity = new Affinity { NodeAffinity = new NodeAffinity() };
        pod.Spec.Affinity.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution.Add(preferred);
        Assert.Equal("b", Placement(pod, Given.Node("a"), Labelled("b", "disk", "ssd"), Given.Node("c")));
    }

    [Fact]
    public void HostPort_IsTakenOnce()
    {
        var first = WithPort(Given.Pod("first"), 80);
        var node = Given.Node("a").Holding(first);
        Assert.Equal("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.", Refusal(WithPort(Given.Pod("p"), 80), node));
        Assert.Equal("a", Placement(WithPort(Given.Pod("p"), 81), node));
    }

    [Fact]
    public void EmptierNode_IsPreferred() => Assert.Equal(
        "b", Placement(Given.Pod("p", cpu: "1", memory: "1Gi"), Given.Node("a").Holding(Given.Pod("other", cpu: "2", memory: "4Gi")), Given.Node("b")));

    [Fact]
    public void ReplicasOfOneController_AreSpread()
    {
        var controller = Given.Controller("web", 3);
        var cache = new ClusterCache();
        foreach (var name in (string[])["a", "b", "c"])
        {
            cache.SetNode(Given.Node(name));
        }

        List<string> nodes = [];
        for (var i = 0; i < 3; i++)
        {
            var pod = new PodModel(Given.Pod("p" + i).OwnedBy(controller));
            var placed = Assert.IsType<Outcome.Placed>(_decider.Decide(cache.Snapshot, pod));
            cache.Assume(pod, placed.Node);
            nodes.Add(placed.Node);
        }

        Assert.Equal(["a", "b", "c"], nodes.Order());
    }

    [Fact]
    public void RequirementThatIsNotSupported_HoldsThePodBackAndSaysSo()
    {
        var pod = Given.Pod("p");
        pod.Spec.Affinity = new Affinity { PodAntiAffinity = new PodAntiAffinity() };
        pod.Spec.Affinity.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution.Add(new PodAffinityTerm { TopologyKey = "kubernetes.io/hostname" });

        Assert.Equal("0/1 nodes are available: required pod anti-affinity is not supported by this scheduler.", Refusal(pod, Given.Node("a")));
    }

    [Fact]
    public void InitContainers_CountByTheirLargestMoment()
    {
        var spec = Given.Pod("p", cpu: "1").Spec;
        var sidecar = Given.Container(cpu: "500m");
        sidecar.RestartPolicy = "Always";
        spec.InitContainers.Add(sidecar);
        spec.InitContainers.Add(Given.Container(cpu: "2"));

        Assert.Equal(2500, PodRequests.Of(spec).MilliCpu);
    }

    private static Node Tainted(string name, string key, string value, string effect)
    {
        var node = Given.Node(name);
        node.Spec.Taints.Add(new Taint { Key = key, Value = value, Effect = effect });
        return node;
    }

    private static Node Labelled(string name, string key, string value)
    {
        var node = Given.Node(name);
        node.Metadata.Labels[key] = value;
        return node;
    }

    private static Pod WithPort(Pod pod, int port)
    {
        pod.Spec.Containers[0].Ports.Add(new ContainerPort { Port = port, HostPort = port });
        return pod;
    }

    private Outcome Decide(Pod pod, params object[] nodes) => _decider.Decide(
        [.. nodes.Select(node => node as NodeModel ?? NodeModel.Of((Node)node)).OrderBy(node => node.Name, StringComparer.Ordinal)], new PodModel(pod));

    private string Refusal(Pod pod, params object[] nodes) => Assert.IsType<Outcome.Unschedulable>(Decide(pod, nodes)).Message;

    private string Placement(Pod pod, params object[] nodes) => Assert.IsType<Outcome.Placed>(Decide(pod, nodes)).Node;
}

internal static class NodeModelExtensions
{
    public static NodeModel Holding(this Node node, params Pod[] pods) =>
        pods.Aggregate(NodeModel.Of(node), (model, pod) => model.With(new PodModel(pod)));
}
