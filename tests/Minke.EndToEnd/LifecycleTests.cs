using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Minke.EndToEnd;

/// <summary>Starting, stopping, crashing and removing a Minke of its own.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task KilledMinke_LeavesContainersRunningAndTheNextUpAdoptsThem()
    {
        await WithInstanceAsync("adopt", async instance =>
        {
            (await instance.UpAsync()).Succeeded();
            var kubectl = instance.Kubectl;
            await kubectl.ApplyAsync(Manifests.Pod("default", "counter", "", ("main", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done", "")));
            var before = await kubectl.PodRunningAsync("default", "counter");
            var logBefore = await kubectl.OkAsync("logs", "counter");

            (await Shell.RunAsync("/bin/kill", ["-9", await PidAsync(instance)])).Succeeded();
            var container = ((string)Kubectl.Container(before, "main")!["containerID"]!).Split("//")[1];
            Assert.NotEqual("", (await Shell.BashAsync($"find /sys/fs/cgroup -path '*{container}*' -name cgroup.procs -exec cat {{}} +")).Out);
            (await instance.UpAsync()).Succeeded();

            var after = await kubectl.PodRunningAsync("default", "counter");
            Assert.Equal((string?)Kubectl.Container(before, "main")!["containerID"], (string?)Kubectl.Container(after, "main")!["containerID"]);
            Assert.Equal(0, Kubectl.Restarts(after, "main"));
            Assert.Equal((string?)before["metadata"]!["uid"], (string?)after["metadata"]!["uid"]);
            var lines = logBefore.Split('\n').Length;
            var log = await Eventually.BecomesAsync(() => kubectl.OkAsync("logs", "counter"), l => l.Split('\n').Length > lines + 10, "the log goes on");
            Assert.Equal(Enumerable.Range(1, log.Split('\n').Length).Select(i => $"line {i}"), log.Split('\n'));
        });
    }

    [Fact]
    public async Task DownAndUp_KeepsObjectsAndStartsThePodsAgain()
    {
        await WithInstanceAsync("again", async instance =>
        {
            (await instance.UpAsync()).Succeeded();
            var kubectl = instance.Kubectl;
            await kubectl.ApplyAsync(Manifests.ReplicationController("default", "web", 1));
            await kubectl.OkAsync("create", "configmap", "kept", "--from-literal=a=b");
            await Eventually.BecomesAsync(() => kubectl.ListAsync("default", "pod", "app=web"), l => l.Any(p => Kubectl.Phase(p) == "Running"), "the pod runs");

            (await instance.DownAsync()).Succeeded();
            Assert.Equal("", (await Shell.BashAsync($"pgrep -f '{instance.DataDir}/containerd'")).Out);
            var status = (await instance.MinkeAsync("status")).Failed();
            Assert.Contains("not running", status.Out + status.Err, StringComparison.OrdinalIgnoreCase);
            (await instance.UpAsync()).Succeeded();

            Assert.Equal("b", await kubectl.OkAsync("get", "configmap", "kept", "-o", "jsonpath={.data.a}"));
            await Eventually.BecomesAsync(
                () => kubectl.ListAsync("default", "pod", "app=web"),
                l => l.Count == 1 && Kubectl.Phase(l[0]) == "Running" && Kubectl.Containers(l[0]).All(c => (bool)c!["ready"]!), "the pod runs again");
        });
    }

    [Fact]
    public async Task SecondUp_SaysThatItRunsAlreadyAndStatusTellsWhatRuns()
    {
        await WithInstanceAsync("twice", async instance =>
        {
            (await instance.UpAsync()).Succeeded();
            var pid = await PidAsync(instance);

            var again = await instance.UpAsync();

            Assert.Contains("already", again.Succeeded(), StringComparison.Ordinal);
            Assert.Equal(pid, await PidAsync(instance));
            var status = (await instance.MinkeAsync("status")).Succeeded();
            Assert.Contains(pid, status, StringComparison.Ordinal);
            Assert.Contains(instance.Kubeconfig, status, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Purge_LeavesNothing()
    {
        await WithInstanceAsync("purge", async instance =>
        {
            var before = await TracesAsync();
            (await instance.UpAsync()).Succeeded();
            await instance.Kubectl.ApplyAsync(Manifests.Pod("default", "p", "volumes: [{name: m, emptyDir: {medium: Memory}}]",
                ("main", "exec sleep 100000", "volumeMounts: [{name: m, mountPath: /m}]")));
            await instance.Kubectl.PodRunningAsync("default", "p");
            Assert.NotEqual(before, await TracesAsync());

            (await instance.PurgeAsync()).Succeeded();

            Assert.False(Directory.Exists(instance.DataDir));
            Assert.Equal("", (await Shell.BashAsync($"pgrep -af '{instance.DataDir}' | grep -v pgrep")).Out);
            Assert.Equal("", (await Shell.BashAsync($"grep '{instance.DataDir}' /proc/self/mounts")).Out);
            await Eventually.BecomesAsync(TracesAsync, t => t == before, "interfaces, cgroups, nft tables, namespaces and mounts are as before\n" + before);
        });
    }

    [Fact]
    public async Task DeletedNodeRecord_ReplacesItsPods()
    {
        await WithInstanceAsync("node", async instance =>
        {
            (await instance.UpAsync()).Succeeded();
            var kubectl = instance.Kubectl;
            await kubectl.ApplyAsync(Manifests.ReplicationController("default", "web", 1));
            var before = (await Eventually.BecomesAsync(
                () => kubectl.ListAsync("default", "pod", "app=web"), l => l.Count == 1 && Kubectl.Phase(l[0]) == "Running", "the pod runs"))[0]!;
            var uid = (string?)before["metadata"]!["uid"];
            var node = (string)before["spec"]!["nodeName"]!;
            var nodeUid = await kubectl.OkAsync("get", "node", node, "-o", "jsonpath={.metadata.uid}");

            await kubectl.OkAsync("delete", "node", node, "--wait=false");

            await Eventually.BecomesAsync(
                () => kubectl.ListAsync("default", "pod", "app=web"),
                l => l.Count == 1 && (string?)l[0]!["metadata"]!["uid"] != uid && Kubectl.Phase(l[0]) == "Running", "another pod runs in its place", 120);
            Assert.NotEqual(nodeUid, await kubectl.OkAsync("get", "node", node, "-o", "jsonpath={.metadata.uid}"));
        });
    }

    [Fact]
    public async Task ForegroundMinke_EndsCleanlyOnTermAndLeavesContainersRunning()
    {
        await WithInstanceAsync("foreground", async instance =>
        {
            using var minke = instance.Start("--foreground");
            var output = Task.WhenAll(minke.StandardOutput.ReadToEndAsync(), minke.StandardError.ReadToEndAsync());
            await Eventually.BecomesAsync(() => Task.FromResult(File.Exists(instance.Kubeconfig)), exists => exists, "the kubeconfig is written", 180);
            var kubectl = instance.Kubectl;
            await Eventually.BecomesAsync(
                () => kubectl.RunAsync("wait", "node", "--all", "--for=condition=Ready", "--timeout=30s"), o => o.ExitCode == 0 && o.Out.Contains("met", StringComparison.Ordinal), "the node is ready");
            await kubectl.WaitAsync("default", "serviceaccount", "default", s => s is not null, "exists");
            await kubectl.ApplyAsync(Manifests.Pod("default", "stays", "", ("main", "exec sleep 100000", "")));
            var pod = await kubectl.PodRunningAsync("default", "stays");
            var container = ((string)Kubectl.Container(pod, "main")!["containerID"]!).Split("//")[1];

            (await Shell.RunAsync("/bin/kill", ["-TERM", $"{minke.Id}"])).Succeeded();
            await minke.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(minke.ExitCode == 0, string.Concat(await output));
            Assert.NotEqual("", (await Shell.BashAsync($"find /sys/fs/cgroup -path '*{container}*' -name cgroup.procs -exec cat {{}} +")).Out);
        });
    }

    [Fact]
    public async Task PortTaken_IsOneClearSentenceAndNothingStarts()
    {
        await WithInstanceAsync("port", async instance =>
        {
            using var squatter = new TcpListener(IPAddress.Any, instance.ApiPort);
            squatter.Start();

            var output = (await instance.UpAsync()).Failed();

            Assert.Contains(instance.ApiPort.ToString(CultureInfo.InvariantCulture), output.Err, StringComparison.Ordinal);
            Assert.Equal("", (await Shell.BashAsync($"pgrep -f '{instance.DataDir}/containerd'")).Out);
        });
    }

    [Fact]
    public async Task FullDisk_IsOneClearSentenceAndNothingStarts()
    {
        Assert.SkipUnless(Repository.CanRunPods, "needs root, containerd and runc");
        var mount = Directory.CreateTempSubdirectory("minke-e2e-full-").FullName;
        (await Shell.RunAsync("/bin/mount", ["-t", "tmpfs", "-o", "size=8m", "none", mount])).Succeeded();
        try
        {
            var data = Path.Combine(mount, "data");
            var ports = new Instance("full");
            var output = (await Shell.RunAsync(Repository.Launcher, ["up", "--data-dir", data, "--port", $"{ports.ApiPort}", "--node-port", $"{ports.NodePort}"])).Failed();

            Assert.Contains("MB left; free at least", output.Err, StringComparison.Ordinal);
            Assert.Contains(mount, output.Err, StringComparison.Ordinal);
            Assert.False(Directory.Exists(data));
        }
        finally
        {
            (await Shell.RunAsync("/bin/umount", [mount])).Succeeded();
            Directory.Delete(mount);
        }
    }

    [Fact]
    public async Task NotRoot_IsOneClearSentence()
    {
        Assert.SkipUnless(Repository.CanRunPods, "needs root, containerd and runc");
        var binary = (await Shell.BashAsync($"find {Repository.Root}/artifacts -type f -name minke -perm -u+x | head -1")).Out.Trim();
        var copy = Path.Combine(Path.GetTempPath(), $"minke-e2e-{Environment.ProcessId}-nobody");
        (await Shell.RunAsync("/bin/cp", ["-r", Path.GetDirectoryName(binary)!, copy])).Succeeded();
        try
        {
            (await Shell.RunAsync("/bin/chmod", ["-R", "a+rX", copy])).Succeeded();
            var output = (await Shell.RunAsync("/usr/bin/setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", Path.Combine(copy, "minke"), "up"])).Failed();
            Assert.Contains("root", output.Err, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task<string> PidAsync(Instance instance)
    {
        var status = (await instance.MinkeAsync("status", "-o", "json")).Succeeded();
        return JsonNode.Parse(status)!["pid"]!.ToString();
    }

    /// <summary>What on the machine a Minke could leave behind, less what other instances of this run own.</summary>
    private static async Task<string> TracesAsync() =>
        (await Shell.BashAsync(
            """
            ip -o link show type bridge | awk -F': ' '{print $2}' | sort
            find /sys/fs/cgroup -maxdepth 3 -type d -path '*minke*' -not -name 'pod*' | sort
            ls /run/minke 2>/dev/null | sort
            nft list tables 2>/dev/null | grep -i minke | sort
            """)).Out;

    private static async Task WithInstanceAsync(string name, Func<Instance, Task> body)
    {
        Assert.SkipUnless(Repository.CanRunPods, "needs root, containerd and runc");
        var instance = new Instance(name);
        try
        {
            await body(instance);
        }
        finally
        {
            (await instance.PurgeAsync()).Succeeded();
        }
    }
}
