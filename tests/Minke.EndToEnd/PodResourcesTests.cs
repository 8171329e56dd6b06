namespace Minke.EndToEnd;

/// <summary>Volumes, cgroups and limits of real pods.</summary>
public sealed class PodResourcesTests(Cluster cluster)
{
    private const string Sleep = "trap 'exit 0' TERM; while :; do sleep 1; done";
    private const string SharedMount = "volumeMounts: [{name: shared, mountPath: /shared}]";

    [Fact]
    public async Task EmptyDir_IsSharedSurvivesACrashAndGoesWithThePod()
    {
        var (instance, kubectl, ns) = await BeginAsync("vol");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "vol", "volumes: [{name: shared, emptyDir: {}}]",
            ("writer", $"date >> /shared/starts; {Sleep}", SharedMount), ("reader", Sleep, SharedMount)));
        var pod = await kubectl.PodRunningAsync(ns, "vol");
        var uid = (string)pod["metadata"]!["uid"]!;
        await kubectl.ExecAsync(ns, "vol", "writer", "echo kept > /shared/file");
        Assert.Equal("kept", await kubectl.ExecAsync(ns, "vol", "reader", "cat /shared/file"));

        await kubectl.RunAsync("exec", "-n", ns, "vol", "-c", "writer", "--", "sh", "-c", "kill -9 -1; kill 1");
        await kubectl.WaitAsync(ns, "pod", "vol", p => Kubectl.Restarts(p, "writer") == 1 && (bool)Kubectl.Container(p, "writer")!["ready"]!, "restarted the writer");

        Assert.Equal("kept", await kubectl.ExecAsync(ns, "vol", "writer", "cat /shared/file"));
        Assert.Equal("2", await kubectl.ExecAsync(ns, "vol", "reader", "wc -l < /shared/starts"));
        Assert.Equal(0, Kubectl.Restarts(await kubectl.GetAsync(ns, "pod", "vol"), "reader"));
        Assert.NotEmpty(await PathsOfAsync(instance, uid));

        await kubectl.OkAsync("delete", "pod", "-n", ns, "vol");
        await Eventually.BecomesAsync(() => PathsOfAsync(instance, uid), paths => paths.Length == 0, "nothing of the pod is left on the node");
    }

    [Fact]
    public async Task Limits_AreSetOnThePodsCgroupAndTheContainersInsideIt()
    {
        var (instance, kubectl, ns) = await BeginAsync("cgroup");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "bounded", "",
            ("a", Sleep, "resources: {limits: {cpu: 500m, memory: 64Mi}}"), ("b", Sleep, "resources: {limits: {cpu: 250m, memory: 32Mi}}")));
        var pod = await kubectl.PodRunningAsync(ns, "bounded");
        var uid = (string)pod["metadata"]!["uid"]!;
        var containerId = ((string)Kubectl.Container(pod, "a")!["containerID"]!).Split("//")[1];

        if (File.Exists("/sys/fs/cgroup/cgroup.controllers"))
        {
            var group = await CgroupAsync("/sys/fs/cgroup", uid);
            Assert.Equal($"{96 << 20}", Read(group, "memory.max"));
            Assert.Equal("75000 100000", Read(group, "cpu.max"));
            Assert.NotEqual("max", Read(group, "pids.max"));
            Assert.Equal($"{64 << 20}", Read(Path.Combine(group, containerId), "memory.max"));
        }
        else
        {
            var memory = await CgroupAsync("/sys/fs/cgroup/memory", uid);
            Assert.Equal($"{96 << 20}", Read(memory, "memory.limit_in_bytes"));
            Assert.Equal($"{64 << 20}", Read(Path.Combine(memory, containerId), "memory.limit_in_bytes"));
            var cpu = await CgroupAsync("/sys/fs/cgroup/cpu", uid);
            Assert.Equal("75000", Read(cpu, "cpu.cfs_quota_us"));
            Assert.Equal("50000", Read(Path.Combine(cpu, containerId), "cpu.cfs_quota_us"));
            Assert.NotEqual("max", Read(await CgroupAsync("/sys/fs/cgroup/pids", uid), "pids.max"));
        }

        Assert.True(Directory.Exists(instance.DataDir));
        await kubectl.OkAsync("delete", "pod", "-n", ns, "bounded");
        await Eventually.BecomesAsync(
            () => Shell.BashAsync($"find /sys/fs/cgroup -type d -name '*{uid}*'"), o => o.Out.Length == 0, "the pod's cgroup is removed");
    }

    [Fact]
    public async Task ContainerOverItsMemory_IsOomKilledAndSaysSo()
    {
        var (_, kubectl, ns) = await BeginAsync("oom");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "greedy", "restartPolicy: Never",
            ("hog", "exec tail /dev/zero", "resources: {limits: {memory: 24Mi}}"), ("calm", "sleep 2", "")));

        var pod = await kubectl.WaitAsync(ns, "pod", "greedy", p => Kubectl.Phase(p) == "Failed", "failed");

        var terminated = Kubectl.Container(pod, "hog")!["state"]!["terminated"]!;
        Assert.Equal("OOMKilled", (string?)terminated["reason"]);
        Assert.Equal(137, (int)terminated["exitCode"]!);
        Assert.Equal("Completed", (string?)Kubectl.Container(pod, "calm")!["state"]!["terminated"]!["reason"]);
    }

    [Fact]
    public async Task ConfigMapAndSecret_ArriveAsFilesAndVariables()
    {
        var (_, kubectl, ns) = await BeginAsync("config");
        await kubectl.OkAsync("create", "configmap", "settings", "-n", ns, "--from-literal=color=blue");
        await kubectl.OkAsync("create", "secret", "generic", "keys", "-n", ns, "--from-literal=token=s3cret");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "reader",
            "volumes: [{name: settings, configMap: {name: settings}}, {name: keys, secret: {secretName: keys}}]",
            ("main", Sleep,
                """
                volumeMounts: [{name: settings, mountPath: /settings}, {name: keys, mountPath: /keys}]
                env:
                - {name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: color}}}
                - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                """)));
        var pod = await kubectl.PodRunningAsync(ns, "reader");

        var seen = await kubectl.ExecAsync(ns, "reader", "main", "echo $(cat /settings/color) $(cat /keys/token) $COLOR $POD_IP");

        Assert.Equal($"blue s3cret blue {(string?)pod["status"]!["podIP"]}", seen);
    }

    private static async Task<string> CgroupAsync(string root, string uid)
    {
        var found = (await Shell.BashAsync($"find {root} -type d -name 'pod{uid}'")).Succeeded().Trim();
        Assert.True(found.Length > 0 && !found.Contains('\n'), $"one cgroup of pod {uid} under {root}, found: {found}");
        return found;
    }

    private static string Read(string group, string file) => File.ReadAllText(Path.Combine(group, file)).Trim();

    private static async Task<string> PathsOfAsync(Instance instance, string uid) =>
        (await Shell.BashAsync($"find {instance.DataDir} -path '*/containerd/*' -prune -o -name '*{uid}*' -print 2>/dev/null; grep {uid} /proc/self/mounts | cut -d' ' -f2")).Out;

    private async Task<(Instance Instance, Kubectl Kubectl, string Namespace)> BeginAsync(string purpose)
    {
        var instance = cluster.Get();
        return (instance, instance.Kubectl, await instance.NamespaceAsync(purpose));
    }
}
