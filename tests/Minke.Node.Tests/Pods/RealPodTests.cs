using System.Text;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Host;
using Minke.Node.Tests.Runtime;

namespace Minke.Node.Tests.Pods;

/// <summary>Pods of real containers.</summary>
public sealed class RealPodTests(ContainerdFixture containerd)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task ContainersOfAPod_ShareNetworkNameAndVolume()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("shared", "sh", "-c", "hostname > /data/name; httpd -f -p 8080 -h /data");
        pod.Spec.Containers.Add(RealNode.NewContainer("side"));
        var volume = new Volume { Name = "data" };
        volume.Source.EmptyDir = new EmptyDirVolumeSource();
        pod.Spec.Volumes.Add(volume);
        foreach (var container in pod.Spec.Containers)
        {
            container.VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/data" });
        }

        var running = await node.RunAsync(pod);
        Assert.StartsWith("10.219.", running.Status.PodIP, StringComparison.Ordinal);
        Assert.Equal("shared", await node.ExecAsync("shared", "side", "cat /data/name"));
        Assert.Equal("shared", await node.ExecAsync("shared", "side", "hostname"));
        Assert.Equal("shared", await node.ExecAsync("shared", "side", "wget -q -O - http://localhost:8080/name"));
        Assert.Contains($"{running.Status.PodIP}\tshared", await node.ExecAsync("shared", "side", "cat /etc/hosts"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task DeletedPod_LeavesNothing()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("gone");
        var volume = new Volume { Name = "memory" };
        volume.Source.EmptyDir = new EmptyDirVolumeSource { Medium = "Memory", SizeLimit = "1Mi" };
        pod.Spec.Volumes.Add(volume);
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "memory", MountPath = "/memory" });
        var running = await node.RunAsync(pod);
        Assert.Contains("tmpfs", await node.ExecAsync("gone", "main", "grep /memory /proc/mounts"), StringComparison.Ordinal);
        Assert.NotNull(node.Cgroup(running, "pids", "pids.max"));

        await node.DeleteAndWaitAsync("gone");
        Assert.Null(node.Cgroup(running, "pids", "pids.max"));
        Assert.Empty(MountTable.ListBelow(node.DataDirectory));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(node.DataDirectory, "pods")));
        Assert.DoesNotContain(await node.Runtime.ListPodSandboxesAsync(null, Cancel), sandbox => sandbox.Metadata.Uid == running.Metadata.Uid);
    }

    [Fact(Timeout = 120_000)]
    public async Task Limits_AreSetOnPodAndContainer()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("limits");
        pod.Spec.Containers[0].Resources.Limits["memory"] = "64Mi";
        pod.Spec.Containers[0].Resources.Limits["cpu"] = "250m";
        var running = await node.RunAsync(pod);
        Assert.Equal("Guaranteed", running.Status.QosClass);
        Assert.Equal("4096", node.Cgroup(running, "pids", "pids.max"));
        var unified = File.Exists("/sys/fs/cgroup/cgroup.controllers");
        Assert.Equal("67108864", unified ? node.Cgroup(running, "memory", "memory.max") : node.Cgroup(running, "memory", "memory.limit_in_bytes"));
        Assert.Equal(unified ? "25000 100000" : "25000", unified ? node.Cgroup(running, "cpu", "cpu.max") : node.Cgroup(running, "cpu", "cpu.cfs_quota_us"));
        var id = node.Agent.FindContainer("default", "limits", "main", previous: false)!.ContainerId;
        Assert.Equal("67108864", unified ? node.Cgroup(running, "memory", $"{id}/memory.max") : node.Cgroup(running, "memory", $"{id}/memory.limit_in_bytes"));
    }

    [Fact(Timeout = 120_000)]
    public async Task ContainerOverItsMemory_IsKilledAndSaysSo()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("oom", "sh", "-c", "x=a; while true; do x=$x$x; done");
        pod.Spec.RestartPolicy = "Never";
        pod.Spec.Containers[0].Resources.Limits["memory"] = "16Mi";
        await node.CreateAsync(pod);
        var ended = await node.UntilAsync("oom", static p => p.Status.ContainerStatuses.Count > 0 && p.Status.ContainerStatuses[0].State.Terminated is { Reason: "OOMKilled" });
        Assert.Equal(137, ended.Status.ContainerStatuses[0].State.Terminated!.ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task EndOfAContainer_IsToldWithItsLastWords()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("words", "sh", "-c", "echo because > /dev/termination-log; exit 3");
        pod.Spec.RestartPolicy = "Never";
        pod.Spec.Containers.Add(RealNode.NewContainer("logs", "sh", "-c", "echo it broke; exit 4"));
        pod.Spec.Containers[1].TerminationMessagePolicy = "FallbackToLogsOnError";
        await node.CreateAsync(pod);
        var ended = await node.UntilAsync("words", static p => p.Status.Phase == "Failed");
        Assert.Equal((3, "because\n"), (ended.Status.ContainerStatuses[0].State.Terminated!.ExitCode, ended.Status.ContainerStatuses[0].State.Terminated!.Message));
        Assert.Equal((4, "it broke\n"), (ended.Status.ContainerStatuses[1].State.Terminated!.ExitCode, ended.Status.ContainerStatuses[1].State.Terminated!.Message));
    }

    [Fact(Timeout = 120_000)]
    public async Task CrashedContainer_IsRestartedAndKeepsItsVolume()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("crash", "sh", "-c", "echo x >> /data/starts; sleep 100000 & wait");
        var volume = new Volume { Name = "data" };
        volume.Source.EmptyDir = new EmptyDirVolumeSource();
        pod.Spec.Volumes.Add(volume);
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/data" });
        var first = await node.RunAsync(pod);
        await node.Runtime.StopContainerAsync(node.Agent.FindContainer("default", "crash", "main", previous: false)!.ContainerId, TimeSpan.Zero, Cancel);
        var again = await node.UntilAsync("crash", static p => p.Status.ContainerStatuses[0] is { RestartCount: 1, Ready: true });
        Assert.Equal(137, again.Status.ContainerStatuses[0].LastState.Terminated!.ExitCode);
        Assert.Equal(first.Status.PodIP, again.Status.PodIP);
        Assert.Equal("x\nx", await node.ExecAsync("crash", "main", "cat /data/starts"));
        Assert.NotNull(node.Agent.FindContainer("default", "crash", "main", previous: true));
    }

    [Fact(Timeout = 120_000)]
    public async Task AgentThatRestarts_TakesThePodOver()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var before = await node.RunAsync(node.NewPod("adopted"));
        await node.StopAgentAsync();
        node.StartAgent();
        await RealNode.EventuallyAsync(() => Task.FromResult(node.Agent.FindContainer("default", "adopted", "main", previous: false) is { IsRunning: true }), "the container to be taken over");
        var after = await node.Client.GetAsync<Pod>(new ObjectKey("default", "adopted"), Cancel);
        Assert.Equal(before.Status.ContainerStatuses[0].ContainerID, after.Status.ContainerStatuses[0].ContainerID);
        Assert.Equal(0, after.Status.ContainerStatuses[0].RestartCount);
    }

    [Fact(Timeout = 120_000)]
    public async Task ConfigMapAndSecret_AreFilesThatFollow()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var map = new ConfigMap { Data = new ApiMap<string> { ["color"] = "blue", ["shape"] = "round" } };
        (map.Metadata.Name, map.Metadata.Namespace) = ("settings", "default");
        map = await node.Client.CreateAsync(map, Cancel);
        var secret = new Secret { Data = new ApiMap<ReadOnlyMemory<byte>> { ["password"] = Encoding.UTF8.GetBytes("hunter2") } };
        (secret.Metadata.Name, secret.Metadata.Namespace) = ("keys", "default");
        await node.Client.CreateAsync(secret, Cancel);
        var pod = node.NewPod("files");
        pod.Metadata.Labels["app"] = "files";
        pod.Spec.Containers[0].Env =
        [
            new EnvVar { Name = "COLOR", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Reference = new LocalObjectReference { Name = "settings" }, Key = "color" } } },
            new EnvVar { Name = "TEXT", Value = "it is $(COLOR), $$(COLOR) and $(NONE)" },
        ];
        var files = new Volume { Name = "files" };
        files.Source.Projected = new ProjectedVolumeSource
        {
            Sources =
            [
                new VolumeProjection { ConfigMap = new ConfigMapProjection { Reference = new LocalObjectReference { Name = "settings" } } },
                new VolumeProjection { Secret = new SecretProjection { Reference = new LocalObjectReference { Name = "keys" }, Items = [new KeyToPath { Key = "password", Path = "deep/password", Mode = 256 }] } },
                new VolumeProjection { DownwardAPI = new DownwardAPIProjection { Items = [new DownwardAPIVolumeFile { Path = "labels", FieldRef = new ObjectFieldSelector { FieldPath = "metadata.labels" } }] } },
            ],
        };
        pod.Spec.Volumes.Add(files);
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "files", MountPath = "/files" });
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "files", MountPath = "/one/shape", SubPath = "shape" });
        await node.RunAsync(pod);
        Assert.Equal("blue round hunter2 app=\"files\" round", await node.ExecAsync("files", "main", "echo $(cat /files/color) $(cat /files/shape) $(cat /files/deep/password) $(cat /files/labels) $(cat /one/shape)"));
        Assert.Equal("it is blue, $(COLOR) and $(NONE)", await node.ExecAsync("files", "main", "echo \"$TEXT\""));
        Assert.Equal("400", await node.ExecAsync("files", "main", "stat -L -c %a /files/deep/password"));

        var changed = map.Clone();
        changed.Data["color"] = "red";
        changed.Data.Remove("shape");
        await node.Client.UpdateAsync(changed, Cancel);
        await RealNode.EventuallyAsync(async () => await node.ExecAsync("files", "main", "cat /files/color; ls /files") == "redcolor\ndeep\nlabels", "the change to arrive");
    }

    [Fact(Timeout = 120_000)]
    public async Task SubPathThatLeadsOutOfItsVolume_StaysInside()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("escape");
        pod.Spec.InitContainers.Add(RealNode.NewContainer("prepare", "sh", "-c", "mkdir /data/etc; busybox ln -s /etc /data/link"));
        var volume = new Volume { Name = "data" };
        volume.Source.EmptyDir = new EmptyDirVolumeSource();
        pod.Spec.Volumes.Add(volume);
        pod.Spec.InitContainers[0].VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/data" });
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/link", SubPath = "link/made" });
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/data" });
        await node.RunAsync(pod);
        await node.ExecAsync("escape", "main", "touch /link/here");
        Assert.Equal("here", await node.ExecAsync("escape", "main", "ls /data/etc/made"));
        Assert.False(Directory.Exists("/etc/made"));
    }

    [Fact(Timeout = 120_000)]
    public async Task SecurityContext_IsFollowed()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("safe");
        pod.Spec.SecurityContext = new PodSecurityContext { RunAsUser = 1000, RunAsGroup = 2000, FsGroup = 3000, RunAsNonRoot = true };
        pod.Spec.Containers[0].SecurityContext = new SecurityContext { ReadOnlyRootFilesystem = true, AllowPrivilegeEscalation = false, Capabilities = new Capabilities { Drop = ["ALL"] } };
        var volume = new Volume { Name = "data" };
        volume.Source.EmptyDir = new EmptyDirVolumeSource();
        pod.Spec.Volumes.Add(volume);
        pod.Spec.Containers[0].VolumeMounts.Add(new VolumeMount { Name = "data", MountPath = "/data" });
        await node.RunAsync(pod);
        Assert.Equal("1000 2000", await node.ExecAsync("safe", "main", "echo $(id -u) $(id -g)"));
        Assert.Equal("3000", await node.ExecAsync("safe", "main", "touch /data/file; stat -c %g /data/file"));
        Assert.Contains("Read-only", await node.ExecAsync("safe", "main", "touch /file"), StringComparison.Ordinal);
        Assert.Equal("CapEff:\t0000000000000000\nNoNewPrivs:\t1", await node.ExecAsync("safe", "main", "grep -E 'CapEff|NoNewPrivs' /proc/self/status"));
    }

    [Fact(Timeout = 120_000)]
    public async Task ImageThatRunsAsRoot_IsRefusedWhereItMustNot()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("root");
        pod.Spec.SecurityContext = new PodSecurityContext { RunAsNonRoot = true };
        await node.CreateAsync(pod);
        var waiting = await node.UntilAsync("root", static p => p.Status.ContainerStatuses.Count > 0 && p.Status.ContainerStatuses[0].State.Waiting?.Reason == "CreateContainerConfigError");
        Assert.Contains("runAsNonRoot", waiting.Status.ContainerStatuses[0].State.Waiting!.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task ProcessNamespace_IsSharedWhenAsked()
    {
        await using var node = await RealNode.StartAsync(containerd);
        var pod = node.NewPod("processes");
        pod.Spec.ShareProcessNamespace = true;
        pod.Spec.Containers.Add(RealNode.NewContainer("side", "sleep", "99999"));
        await node.RunAsync(pod);
        Assert.Contains("sleep 99999", await node.ExecAsync("processes", "main", "ps"), StringComparison.Ordinal);
        await node.RunAsync(node.NewPod("alone"));
        Assert.DoesNotContain("99999", await node.ExecAsync("alone", "main", "ps"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task CommandThatDoesNotExist_IsToldAndRetried()
    {
        await using var node = await RealNode.StartAsync(containerd);
        await node.CreateAsync(node.NewPod("nocommand", "/nonexistent"));
        var pod = await node.UntilAsync("nocommand", static p => p.Status.ContainerStatuses.Count > 0 && p.Status.ContainerStatuses[0].State.Waiting?.Reason is "RunContainerError" or "CrashLoopBackOff");
        Assert.Contains("no such file", (pod.Status.ContainerStatuses[0].LastState.Terminated?.Message ?? "") + pod.Status.ContainerStatuses[0].State.Waiting!.Message, StringComparison.Ordinal);
    }
}
