using Minke.Api.Coordination;
using Minke.Api.Core;
using Minke.Client;
using Minke.Testing.Runtime;

namespace Minke.Node.Tests.Pods;

/// <summary>The agent may end at any time; what it finds on the next start is what it goes on with.</summary>
public sealed class RestartOfTheAgentTests
{
    [Fact]
    public void RunningPod_IsTakenOverUntouched() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        var (calls, version) = (node.Runtime.Calls.Count, node.Get("web")!.Metadata.ResourceVersion);
        await node.RestartAsync();
        await node.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(calls, node.Runtime.Calls.Count);
        Assert.Equal(version, node.Get("web")!.Metadata.ResourceVersion);
        Assert.Equal(0, node.StatusOf("web").RestartCount);
        Assert.NotNull(node.Agent.FindContainer("default", "web", "main", previous: false));
    });

    [Fact]
    public void ExitWhileAway_IsCountedOnce() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        await node.RestartAsync(() => node.Runtime.Exit(node.Runtime.Containers[0], 9));
        await node.UntilAsync(() => node.StatusOf("web") is { RestartCount: 1, Ready: true });
        Assert.Equal(9, node.StatusOf("web").LastState.Terminated!.ExitCode);
    });

    [Fact]
    public void BackOff_GoesOnWhereItWas() => SimNode.Run(
        async node =>
        {
            node.Create("web");
            await node.UntilAsync(() => node.Get("web")!.Status.ContainerStatuses.Count > 0 && node.StatusOf("web") is { RestartCount: 3, State.Waiting.Reason: "CrashLoopBackOff" });
            var ended = node.StatusOf("web").LastState.Terminated!.FinishedAt!.Value;
            await node.RestartAsync();
            await node.UntilAsync(() => node.StatusOf("web").RestartCount == 4);
            Assert.Equal(40, (node.Now - ended).TotalSeconds, tolerance: 2);
        },
        static node => node.Runtime.Behavior = static _ => FakeBehavior.Exits(1, TimeSpan.FromSeconds(1)));

    [Fact]
    public void PodDeletedWhileAway_IsRemoved() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        await node.RestartAsync(() => node.Api.Log.Remove(node.Get("web")!));
        await node.UntilAsync(() => node.Runtime.Sandboxes.Count == 0 && node.Cgroups.Pods.Count == 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(node.DataDirectory, "pods")));
    });

    [Fact]
    public void ContainerMadeButNotStarted_IsReplaced() => SimNode.Run(async node =>
    {
        node.Runtime.Latency = static call => call == "StartContainer" ? TimeSpan.FromHours(1) : TimeSpan.Zero;
        node.Create("web");
        await node.UntilAsync(() => node.Runtime.Containers.Count == 1);
        await node.RestartAsync(() => node.Runtime.Latency = static _ => TimeSpan.Zero);
        await node.UntilReadyAsync("web");
        Assert.Equal(0, node.StatusOf("web").RestartCount);
        Assert.Single(node.Runtime.Containers);
    });

    [Fact]
    public void Reboot_RestartsThePods() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        await node.RestartAsync(node.Runtime.Reboot);
        await node.UntilAsync(() => node.StatusOf("web") is { RestartCount: 1, Ready: true });
    });

    [Fact]
    public void FinishedPod_StaysFinished() => SimNode.Run(
        async node =>
        {
            node.Create("job", static pod => pod.Spec.RestartPolicy = "Never");
            await node.UntilPhaseAsync("job", "Succeeded");
            await node.UntilAsync(() => node.Cgroups.Pods.Count == 0);
            var version = node.Get("job")!.Metadata.ResourceVersion;
            await node.RestartAsync();
            await node.AdvanceAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(version, node.Get("job")!.Metadata.ResourceVersion);
        },
        static node => node.Runtime.Behavior = static _ => FakeBehavior.Exits(0, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Node_IsRegisteredReadyWithALease() => SimNode.Run(async node =>
    {
        await node.UntilAsync(() => IsReady(node));
        var info = Node(node)!.Status;
        Assert.Equal("4", info.Capacity["cpu"].ToString());
        Assert.Equal("110", info.Allocatable["pods"].ToString());
        Assert.Equal("containerd://1.6.20", info.NodeInfo.ContainerRuntimeVersion);
        Assert.Equal(10250, info.DaemonEndpoints.KubeletEndpoint.Port);
        Assert.Equal(SimNode.Name, Node(node)!.Metadata.Labels["kubernetes.io/hostname"]);
        var first = Lease(node)!.Spec.RenewTime!.Value;
        await node.AdvanceAsync(TimeSpan.FromSeconds(25));
        Assert.True(Lease(node)!.Spec.RenewTime!.Value.Value - first.Value >= TimeSpan.FromSeconds(20));
    });

    [Fact]
    public void NodeWithoutNetwork_IsNotReadyUntilItHasOne() => SimNode.Run(
        async node =>
        {
            await node.UntilAsync(() => Node(node)?.Status.Conditions.Any(static c => c is { Type: "Ready", Status: "False" }) == true);
            node.Runtime.NetworkIsReady = true;
            await node.UntilAsync(() => IsReady(node));
        },
        static node => node.Runtime.NetworkIsReady = false);

    [Fact]
    public void DeletedNode_IsRegisteredAgain() => SimNode.Run(async node =>
    {
        await node.UntilAsync(() => IsReady(node));
        node.Api.Log.Remove(Node(node)!);
        await node.UntilAsync(() => IsReady(node));
    });

    private static Minke.Api.Core.Node? Node(SimNode node) => node.Api.Log.Find<Minke.Api.Core.Node>(new ObjectKey("", SimNode.Name));

    private static Lease? Lease(SimNode node) => node.Api.Log.Find<Lease>(new ObjectKey("kube-node-lease", SimNode.Name));

    private static bool IsReady(SimNode node) => Node(node)?.Status.Conditions.Any(static condition => condition is { Type: "Ready", Status: "True" }) == true;
}
