namespace Minke.EndToEnd;

/// <summary>What the containers of one pod share, and what they do not.</summary>
public sealed class PodSharingTests(Cluster cluster)
{
    private const string Sleep = "trap 'exit 0' TERM; while :; do sleep 1; done";

    [Fact]
    public async Task TwoContainers_ReachEachOtherOnLocalhost()
    {
        var (kubectl, ns) = await BeginAsync("net");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "pair", "",
            ("web", "mkdir -p /www; echo from-web > /www/index.html; exec httpd -f -p 8080 -h /www", ""),
            ("other", Sleep, "")));
        await kubectl.PodRunningAsync(ns, "pair");

        var answer = await Eventually.BecomesAsync(
            () => kubectl.RunAsync("exec", "-n", ns, "pair", "-c", "other", "--", "wget", "-qO-", "http://localhost:8080/"),
            o => o.ExitCode == 0, "the other container reaches the web server");

        Assert.Equal("from-web\n", answer.Out);
    }

    [Fact]
    public async Task PosixQueueMadeInOne_IsSeenInTheOtherAndNotInAnotherPod()
    {
        var (kubectl, ns) = await BeginAsync("ipc");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "pair", "", ("a", Sleep, ""), ("b", Sleep, "")));
        await kubectl.ApplyAsync(Manifests.Pod(ns, "stranger", "", ("c", Sleep, "")));
        await kubectl.PodRunningAsync(ns, "pair");
        await kubectl.PodRunningAsync(ns, "stranger");

        await kubectl.ExecAsync(ns, "pair", "a", "touch /dev/mqueue/probe && echo shared > /dev/shm/probe");

        Assert.Equal("probe", await kubectl.ExecAsync(ns, "pair", "b", "ls /dev/mqueue"));
        Assert.Equal("shared", await kubectl.ExecAsync(ns, "pair", "b", "cat /dev/shm/probe"));
        Assert.Equal("", await kubectl.ExecAsync(ns, "stranger", "c", "ls /dev/mqueue /dev/shm | grep probe || true"));
        Assert.Equal(
            await kubectl.ExecAsync(ns, "pair", "a", "readlink /proc/self/ns/ipc"),
            await kubectl.ExecAsync(ns, "pair", "b", "readlink /proc/self/ns/ipc"));
    }

    [Fact]
    public async Task HostName_IsThePodsNameInEveryContainer()
    {
        var (kubectl, ns) = await BeginAsync("uts");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "named", "", ("a", Sleep, ""), ("b", Sleep, "")));
        await kubectl.PodRunningAsync(ns, "named");

        Assert.Equal("named", await kubectl.ExecAsync(ns, "named", "a", "hostname"));
        Assert.Equal("named", await kubectl.ExecAsync(ns, "named", "b", "hostname"));
        Assert.Equal(
            await kubectl.ExecAsync(ns, "named", "a", "readlink /proc/self/ns/uts"),
            await kubectl.ExecAsync(ns, "named", "b", "readlink /proc/self/ns/uts"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Processes_AreSeenByTheOtherContainerOnlyWhenShared(bool share)
    {
        var (kubectl, ns) = await BeginAsync("pid");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "pair", $"shareProcessNamespace: {(share ? "true" : "false")}",
            ("a", "exec sleep 98765", ""), ("b", Sleep, "")));
        await kubectl.PodRunningAsync(ns, "pair");

        var processes = await kubectl.ExecAsync(ns, "pair", "b", "ps");

        Assert.Equal(share, processes.Contains("sleep 98765", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_HaveTheirOwnAddressAndReachEachOtherAndTheHostReachesThem()
    {
        var (kubectl, ns) = await BeginAsync("ip");
        const string Serve = "mkdir -p /www; hostname > /www/index.html; exec httpd -f -p 8080 -h /www";
        await kubectl.ApplyAsync(Manifests.Pod(ns, "one", "", ("web", Serve, "")));
        await kubectl.ApplyAsync(Manifests.Pod(ns, "two", "", ("web", Serve, "")));
        var one = (string)(await kubectl.PodRunningAsync(ns, "one"))["status"]!["podIP"]!;
        var two = (string)(await kubectl.PodRunningAsync(ns, "two"))["status"]!["podIP"]!;
        Assert.NotEqual(one, two);

        var fromPod = await Eventually.BecomesAsync(
            () => kubectl.RunAsync("exec", "-n", ns, "one", "--", "wget", "-qO-", $"http://{two}:8080/"), o => o.ExitCode == 0, "pod one reaches pod two");
        var fromHost = await Eventually.BecomesAsync(
            () => Shell.RunAsync("/bin/busybox", ["wget", "-qO-", $"http://{one}:8080/"]), o => o.ExitCode == 0, "the host reaches pod one");

        Assert.Equal("two\n", fromPod.Out);
        Assert.Equal("one\n", fromHost.Out);
    }

    private async Task<(Kubectl Kubectl, string Namespace)> BeginAsync(string purpose)
    {
        var instance = cluster.Get();
        return (instance.Kubectl, await instance.NamespaceAsync(purpose));
    }
}
