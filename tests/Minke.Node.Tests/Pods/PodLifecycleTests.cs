using Minke.Api;
using Minke.Api.Core;
using Minke.Node.Runtime;
using Minke.Testing.Runtime;

namespace Minke.Node.Tests.Pods;

/// <summary>The life of a pod on a fake runtime.</summary>
public sealed class PodLifecycleTests
{
    [Fact]
    public void NewPod_RunsAndIsReady() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        var status = node.Get("web")!.Status;
        Assert.Equal("Running", status.Phase);
        Assert.Equal("192.0.2.1", status.HostIP);
        Assert.StartsWith("10.88.", status.PodIP, StringComparison.Ordinal);
        Assert.Equal("BestEffort", status.QosClass);
        var container = Assert.Single(status.ContainerStatuses);
        Assert.True(container.Ready && container.Started == true);
        Assert.StartsWith("containerd://", container.ContainerID, StringComparison.Ordinal);
        Assert.Equal(0, container.RestartCount);
    });

    [Fact]
    public void NewPod_NeedsNoMoreCallsThanTheRuntimeDoes() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        Assert.Equal(["RunPodSandbox default/web", "CreateContainer main", "StartContainer main"], node.Runtime.Calls);
    });

    [Fact]
    public void ContainersOfAPod_StartAtTheSameTime() => SimNode.Run(
        async node =>
        {
            var created = node.Now;
            node.Create("web", static pod => pod.Spec.Containers.Add(SimNode.NewContainer("side")));
            await node.UntilReadyAsync("web");
            Assert.Equal(TimeSpan.FromMilliseconds(200), node.Now - created);
        },
        static node => node.Runtime.Latency = static call => TimeSpan.FromMilliseconds(call switch { "RunPodSandbox" => 100, "StartContainer" => 100, _ => 0 }));

    [Fact]
    public void CrashingContainer_IsRestartedWithGrowingPauses() => SimNode.Run(
        async node =>
        {
            node.Create("web");
            await node.UntilAsync(() => node.Get("web") is not null && node.StatusOf("web") is { RestartCount: 3, State.Waiting.Reason: "CrashLoopBackOff" });
            var starts = node.Runtime.Containers.Count;
            Assert.Equal(2, starts); // the newest and the one before; older ones are removed
            var status = node.StatusOf("web");
            Assert.Equal("back-off 40s restarting failed container=main", status.State.Waiting!.Message[.."back-off 40s restarting failed container=main".Length]);
            Assert.Equal(1, status.LastState.Terminated!.ExitCode);
            Assert.Equal("Error", status.LastState.Terminated.Reason);
            Assert.Equal("Running", node.Get("web")!.Status.Phase);
            var created = node.Runtime.Calls.Count(static call => call == "CreateContainer main");
            Assert.Equal(4, created);
            // 0 s, 10 s and 20 s of waiting, and a second of each run.
            Assert.Equal(34, (node.Now - node.Get("web")!.Metadata.CreationTimestamp!.Value).TotalSeconds, tolerance: 1);
        },
        static node => node.Runtime.Behavior = static _ => FakeBehavior.Exits(1, TimeSpan.FromSeconds(1)));

    [Fact]
    public void ContainerThatRanLong_IsRestartedAtOnce() => SimNode.Run(
        async node =>
        {
            node.Create("web");
            await node.UntilAsync(() => node.Get("web") is not null && node.Get("web")!.Status.ContainerStatuses.Count > 0 && node.StatusOf("web").RestartCount == 1);
            Assert.Equal(11, (node.Now - node.Get("web")!.Metadata.CreationTimestamp!.Value).TotalMinutes, tolerance: 0.1);
        },
        static node => node.Runtime.Behavior = static _ => FakeBehavior.Exits(1, TimeSpan.FromMinutes(11)));

    [Theory]
    [InlineData("Never", 0, "Succeeded")]
    [InlineData("Never", 3, "Failed")]
    [InlineData("OnFailure", 0, "Succeeded")]
    public void PodThatEnds_HasAPhaseAndKeepsItsContainers(string policy, int code, string phase) => SimNode.Run(
        async node =>
        {
            node.Create("job", pod => pod.Spec.RestartPolicy = policy);
            await node.UntilPhaseAsync("job", phase);
            var ended = node.StatusOf("job").State.Terminated!;
            Assert.Equal(code, ended.ExitCode);
            Assert.Equal(code == 0 ? "Completed" : "Error", ended.Reason);
            Assert.Equal(0, node.StatusOf("job").RestartCount);
            await node.UntilAsync(() => node.Cgroups.Pods.Count == 0);
            Assert.False(Assert.Single(node.Runtime.Sandboxes).IsReady);
            Assert.Single(node.Runtime.Containers);
        },
        node => node.Runtime.Behavior = _ => FakeBehavior.Exits(code, TimeSpan.FromSeconds(2)));

    [Fact]
    public void OnFailure_RestartsUntilItSucceeds() => SimNode.Run(
        async node =>
        {
            node.Create("job", static pod => pod.Spec.RestartPolicy = "OnFailure");
            await node.UntilPhaseAsync("job", "Succeeded");
            Assert.Equal(2, node.StatusOf("job").RestartCount);
        },
        static node => node.Runtime.Behavior = static config => FakeBehavior.Exits(config.Metadata.Attempt < 2 ? 1 : 0, TimeSpan.FromSeconds(1)));

    [Fact]
    public void InitContainers_RunOneAfterTheOther() => SimNode.Run(
        async node =>
        {
            node.Create("web", static pod => pod.Spec.InitContainers = [SimNode.NewContainer("first"), SimNode.NewContainer("second")]);
            await node.UntilAsync(() => node.Runtime.Calls.Contains("StartContainer first"));
            await node.UntilAsync(() => node.Get("web")!.Status.ContainerStatuses.Count > 0);
            Assert.Equal("PodInitializing", node.StatusOf("web").State.Waiting!.Reason);
            Assert.Equal("Pending", node.Get("web")!.Status.Phase);
            await node.UntilReadyAsync("web");
            Assert.Equal(["StartContainer first", "StartContainer second", "StartContainer main"], node.Runtime.Calls.Where(static call => call.StartsWith("Start", StringComparison.Ordinal)));
            Assert.Equal("Completed", node.StatusOf("web", "second").State.Terminated!.Reason);
        },
        static node => node.Runtime.Behavior = static config => config.Metadata.Name == "main" ? FakeBehavior.RunsForever : FakeBehavior.Exits(0, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Sidecar_StartsBeforeAndEndsAfterTheContainers() => SimNode.Run(
        async node =>
        {
            node.Create("job", static pod =>
            {
                pod.Spec.RestartPolicy = "Never";
                pod.Spec.InitContainers = [SimNode.NewContainer("proxy")];
                pod.Spec.InitContainers[0].RestartPolicy = "Always";
            });
            await node.UntilPhaseAsync("job", "Succeeded");
            await node.UntilAsync(() => node.Cgroups.Pods.Count == 0);
            var calls = node.Runtime.Calls.Where(static call => call.Contains("Container ", StringComparison.Ordinal)).ToList();
            Assert.Equal(["CreateContainer proxy", "StartContainer proxy", "CreateContainer main", "StartContainer main", "StopContainer proxy"], calls);
        },
        static node => node.Runtime.Behavior = static config => config.Metadata.Name == "main" ? FakeBehavior.Exits(0, TimeSpan.FromSeconds(5)) : FakeBehavior.RunsForever);

    [Fact]
    public void FailedInitContainer_FailsAPodThatIsNotRestarted() => SimNode.Run(
        async node =>
        {
            node.Create("job", static pod =>
            {
                pod.Spec.RestartPolicy = "Never";
                pod.Spec.InitContainers = [SimNode.NewContainer("first")];
            });
            await node.UntilPhaseAsync("job", "Failed");
            Assert.DoesNotContain("CreateContainer main", node.Runtime.Calls);
        },
        static node => node.Runtime.Behavior = static _ => FakeBehavior.Exits(2, TimeSpan.FromSeconds(1)));

    [Fact]
    public void DeletedPod_EndsGracefullyAndLeavesNothing() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        node.Delete("web");
        await node.UntilAsync(() => node.Get("web") is null);
        await node.SettleAsync();
        Assert.Empty(node.Runtime.Sandboxes);
        Assert.Empty(node.Runtime.Containers);
        Assert.Empty(node.Cgroups.Pods);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(node.DataDirectory, "pods")));
        Assert.Empty(node.Agent.Pods);
        Assert.Contains("Stopping container main", node.Events("Killing"));
    });

    [Fact]
    public void DeafContainer_IsKilledAfterTheGracePeriod() => SimNode.Run(
        async node =>
        {
            node.Create("web");
            await node.UntilReadyAsync("web");
            var asked = node.Now;
            node.Delete("web", graceSeconds: 12);
            await node.UntilAsync(() => node.Get("web") is null);
            Assert.Equal(12, (node.Now - asked).TotalSeconds, tolerance: 1);
        },
        static node => node.Runtime.Behavior = static _ => new FakeBehavior { IgnoresTerm = true });

    [Fact]
    public void SecondDeleteWithLessGrace_IsFollowed() => SimNode.Run(
        async node =>
        {
            node.Create("web");
            await node.UntilReadyAsync("web");
            var asked = node.Now;
            node.Delete("web", graceSeconds: 300);
            await node.AdvanceAsync(TimeSpan.FromSeconds(5));
            node.Delete("web", graceSeconds: 3);
            await node.UntilAsync(() => node.Get("web") is null);
            Assert.Equal(8, (node.Now - asked).TotalSeconds, tolerance: 1);
        },
        static node => node.Runtime.Behavior = static _ => new FakeBehavior { IgnoresTerm = true });

    [Fact]
    public void PodRemovedByForce_IsKilledAtOnce() => SimNode.Run(
        async node =>
        {
            var pod = node.Create("web");
            await node.UntilReadyAsync("web");
            node.Api.Log.Remove(node.Get("web")!);
            var removed = node.Now;
            await node.UntilAsync(() => node.Runtime.Sandboxes.Count == 0);
            Assert.Equal(removed, node.Now);
            await node.UntilAsync(() => !Directory.Exists(Path.Combine(node.DataDirectory, "pods", pod.Metadata.Uid)));
        },
        static node => node.Runtime.Behavior = static _ => new FakeBehavior { IgnoresTerm = true });

    [Fact]
    public void SandboxThatDies_IsReplacedWithItsContainers() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        var address = node.Get("web")!.Status.PodIP;
        node.Runtime.KillSandbox(node.Runtime.Sandboxes[0]);
        await node.UntilAsync(() => node.StatusOf("web") is { RestartCount: 1, Ready: true });
        Assert.NotEqual(address, node.Get("web")!.Status.PodIP);
        Assert.Equal(1u, node.Runtime.Sandboxes.Single(static sandbox => sandbox.IsReady).Config.Metadata.Attempt);
    });

    [Fact]
    public void MissedExit_IsFoundByTheRelist() => SimNode.Run(async node =>
    {
        node.Create("web");
        await node.UntilReadyAsync("web");
        node.Runtime.Reboot();
        await node.UntilAsync(() => node.StatusOf("web") is { RestartCount: 1, Ready: true });
    });

    [Fact]
    public void OutOfMemory_IsTheReason() => SimNode.Run(async node =>
    {
        node.Create("web", static pod => pod.Spec.RestartPolicy = "Never");
        await node.UntilReadyAsync("web");
        node.Runtime.RunOutOfMemory(node.Runtime.Containers[0]);
        await node.UntilPhaseAsync("web", "Failed");
        Assert.Equal(("OOMKilled", 137), (node.StatusOf("web").State.Terminated!.Reason, node.StatusOf("web").State.Terminated!.ExitCode));
    });

    [Fact]
    public void ActiveDeadline_FailsThePod() => SimNode.Run(async node =>
    {
        node.Create("web", static pod => pod.Spec.ActiveDeadlineSeconds = 60);
        await node.UntilPhaseAsync("web", "Failed");
        Assert.Equal("DeadlineExceeded", node.Get("web")!.Status.Reason);
        await node.UntilAsync(() => node.Runtime.RunningIn("default", "web").Count == 0);
        Assert.Equal(60, (node.Now - node.Get("web")!.Metadata.CreationTimestamp!.Value).TotalSeconds, tolerance: 2);
    });

    [Fact]
    public void PodThatDoesNotFit_IsRefused() => SimNode.Run(async node =>
    {
        node.Create("big", static pod => pod.Spec.Containers[0].Resources.Requests["cpu"] = Quantity.FromUnits(3));
        await node.UntilReadyAsync("big");
        node.Create("more", static pod => pod.Spec.Containers[0].Resources.Requests["cpu"] = Quantity.FromUnits(2));
        await node.UntilPhaseAsync("more", "Failed");
        Assert.Equal("OutOfcpu", node.Get("more")!.Status.Reason);
        Assert.DoesNotContain("RunPodSandbox default/more", node.Runtime.Calls);
    });

    [Fact]
    public void MissingConfigMap_HoldsTheContainerUntilItIsThere() => SimNode.Run(async node =>
    {
        node.Create("web", static pod => pod.Spec.Containers[0].EnvFrom = [new EnvFromSource { ConfigMapRef = new ConfigMapEnvSource { Reference = new LocalObjectReference { Name = "settings" } } }]);
        await node.UntilAsync(() => node.Get("web")!.Status.ContainerStatuses.Count > 0 && node.StatusOf("web").State.Waiting?.Reason == "CreateContainerConfigError");
        Assert.Equal("configmap \"settings\" not found", node.StatusOf("web").State.Waiting!.Message);
        var map = new ConfigMap { Data = new ApiMap<string> { ["COLOR"] = "blue" } };
        (map.Metadata.Name, map.Metadata.Namespace) = ("settings", "default");
        node.Api.Log.Put(map);
        await node.UntilReadyAsync("web");
        Assert.Contains(node.Runtime.Containers[0].Config.Envs, static variable => variable is { Key: "COLOR", Value: "blue" });
    });

    [Fact]
    public void FailingPull_BacksOffAndRecovers() => SimNode.Run(
        async node =>
        {
            var failing = true;
            node.Runtime.Fault = call => failing && call.StartsWith("PullImage", StringComparison.Ordinal) ? new RuntimeException(RuntimeErrorCode.Failed, "PullImage", "no such host") : null;
            node.Create("web");
            await node.UntilAsync(() => node.Get("web")!.Status.ContainerStatuses.Count > 0 && node.StatusOf("web").State.Waiting?.Reason == "ErrImagePull");
            await node.UntilAsync(() => node.StatusOf("web").State.Waiting?.Reason == "ImagePullBackOff");
            failing = false;
            await node.UntilReadyAsync("web");
            Assert.Contains("Back-off pulling image \"registry.test/image:1\"", node.Events("BackOff"));
        },
        static node => node.Runtime.HasImage = static _ => false);

    [Fact]
    public void FailingSandbox_IsTriedAgain() => SimNode.Run(async node =>
    {
        var failures = 0;
        node.Runtime.Fault = call => call.StartsWith("RunPodSandbox", StringComparison.Ordinal) && failures++ < 3 ? new RuntimeException(RuntimeErrorCode.Failed, "RunPodSandbox", "no addresses left") : null;
        node.Create("web");
        await node.UntilReadyAsync("web");
        Assert.Contains("Failed to create pod sandbox: no addresses left", node.Events("FailedCreatePodSandBox"));
    });

    [Fact]
    public void UnsupportedVolume_HoldsThePodAndSaysSo() => SimNode.Run(async node =>
    {
        node.Create("web", static pod =>
        {
            var volume = new Volume { Name = "data" };
            volume.Source.Nfs = new NFSVolumeSource { Server = "server", Path = "/" };
            pod.Spec.Volumes.Add(volume);
        });
        await node.UntilAsync(() => node.Events("FailedMount").Count > 0);
        await node.UntilAsync(() => node.Get("web")!.Status.ContainerStatuses.Count > 0 && node.StatusOf("web").State.Waiting!.Message.Contains("nfs", StringComparison.Ordinal));
        Assert.Equal("Pending", node.Get("web")!.Status.Phase);
        Assert.Empty(node.Runtime.Containers);
    });

    [Fact]
    public void ProbesAndHooks_AreToldToBeUnsupported() => SimNode.Run(async node =>
    {
        node.Create("web", static pod => pod.Spec.Containers[0].ReadinessProbe = new Probe());
        await node.UntilReadyAsync("web");
        await node.UntilAsync(() => node.Events("NotSupported").Count == 1);
    });

    [Fact]
    public void StatusThatCannotBeWritten_IsWrittenLater() => SimNode.Run(async node =>
    {
        var until = node.Now + TimeSpan.FromSeconds(30);
        node.Api.BeforeCall = call =>
        {
            if (call.StartsWith("status Pod", StringComparison.Ordinal) && node.Now < until)
            {
                throw ApiErrors.InternalError("the disk is full");
            }
        };
        node.Create("web");
        await node.UntilReadyAsync("web");
        Assert.True(node.Now >= until);
    });
}
