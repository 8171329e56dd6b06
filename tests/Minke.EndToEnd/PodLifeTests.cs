using System.Text.Json.Nodes;

namespace Minke.EndToEnd;

/// <summary>Restarts, exit codes, back-off, termination.</summary>
public sealed class PodLifeTests(Cluster cluster)
{
    [Theory]
    [InlineData("Never", 0, "Succeeded", "Completed")]
    [InlineData("Never", 3, "Failed", "Error")]
    [InlineData("OnFailure", 0, "Succeeded", "Completed")]
    public async Task ContainerThatEnds_GivesPhaseAndExitCode(string policy, int exitCode, string phase, string reason)
    {
        var (kubectl, ns) = await BeginAsync("exit");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "once", $"restartPolicy: {policy}",
            ("main", $"echo last words > /dev/termination-log; exit {exitCode}", "")));

        var pod = await kubectl.WaitAsync(ns, "pod", "once", p => Kubectl.Phase(p) == phase, phase);

        var terminated = Kubectl.Container(pod, "main")!["state"]!["terminated"]!;
        Assert.Equal(exitCode, (int)terminated["exitCode"]!);
        Assert.Equal(reason, (string?)terminated["reason"]);
        Assert.Equal("last words\n", (string?)terminated["message"]);
        Assert.Equal(0, Kubectl.Restarts(pod, "main"));
    }

    [Fact]
    public async Task ContainerThatFailsOnce_IsRestartedByOnFailure()
    {
        var (kubectl, ns) = await BeginAsync("onfailure");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "twice", "restartPolicy: OnFailure\nvolumes: [{name: v, emptyDir: {}}]",
            ("main", "test -e /v/second && exit 0; touch /v/second; exit 7", "volumeMounts: [{name: v, mountPath: /v}]")));

        var pod = await kubectl.WaitAsync(ns, "pod", "twice", p => Kubectl.Phase(p) == "Succeeded", "succeeded");

        Assert.Equal(1, Kubectl.Restarts(pod, "main"));
        Assert.Equal(7, (int)Kubectl.Container(pod, "main")!["lastState"]!["terminated"]!["exitCode"]!);
    }

    [Fact]
    public async Task ContainerKilledBySignal_ReportsTheSignalsExitCode()
    {
        var (kubectl, ns) = await BeginAsync("signal");
        // Four, because Kubernetes reads $$ in a command as an escaped $.
        await kubectl.ApplyAsync(Manifests.Pod(ns, "killed", "restartPolicy: Never\nshareProcessNamespace: true", ("main", "kill -9 $$$$", "")));

        var pod = await kubectl.WaitAsync(ns, "pod", "killed", p => Kubectl.Phase(p) == "Failed", "failed");

        Assert.Equal(137, (int)Kubectl.Container(pod, "main")!["state"]!["terminated"]!["exitCode"]!);
    }

    [Fact]
    public async Task ContainerThatKeepsFailing_BacksOffAndKeepsItsLogs()
    {
        var (kubectl, ns) = await BeginAsync("backoff");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "crash", "", ("main", "echo run; exit 1", "")));

        var pod = await kubectl.WaitAsync(ns, "pod", "crash",
            p => (string?)Kubectl.Container(p, "main")?["state"]?["waiting"]?["reason"] == "CrashLoopBackOff" && Kubectl.Restarts(p, "main") >= 2, "backs off");

        Assert.Equal(1, (int)Kubectl.Container(pod, "main")!["lastState"]!["terminated"]!["exitCode"]!);
        Assert.Equal("run", await kubectl.OkAsync("logs", "-n", ns, "crash"));
        Assert.Contains("CrashLoopBackOff", await kubectl.OkAsync("get", "pod", "-n", ns, "crash"), StringComparison.Ordinal);
        await Eventually.BecomesAsync(() => kubectl.OkAsync("get", "events", "-n", ns), e => e.Contains("BackOff", StringComparison.Ordinal), "an event tells of the back-off");
    }

    [Fact]
    public async Task Deletion_SendsTermAndWaitsForTheContainer()
    {
        var (kubectl, ns) = await BeginAsync("term");
        var witness = Path.Combine(cluster.Get().DataDir, "witness-" + ns);
        Directory.CreateDirectory(witness);
        await kubectl.ApplyAsync(Manifests.Pod(ns, "polite", $"volumes: [{{name: w, hostPath: {{path: {witness}}}}}]",
            ("main", "trap 'echo got-term > /w/term; exit 0' TERM; while :; do sleep 0.1; done", "volumeMounts: [{name: w, mountPath: /w}]")));
        await kubectl.PodRunningAsync(ns, "polite");

        await kubectl.OkAsync("delete", "pod", "-n", ns, "polite", "--grace-period=20");

        Assert.Null(await kubectl.GetAsync(ns, "pod", "polite"));
        Assert.Equal("got-term\n", await File.ReadAllTextAsync(Path.Combine(witness, "term"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ContainerThatIgnoresTerm_IsKilledAfterTheGracePeriod()
    {
        var (kubectl, ns) = await BeginAsync("kill");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "stubborn", "", ("main", "trap '' TERM; while :; do sleep 0.1; done", "")));
        await kubectl.PodRunningAsync(ns, "stubborn");
        var start = TimeProvider.System.GetTimestamp();

        await kubectl.OkAsync("delete", "pod", "-n", ns, "stubborn", "--grace-period=3");

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 2.5, 30);
        Assert.Null(await kubectl.GetAsync(ns, "pod", "stubborn"));
    }

    [Fact]
    public async Task InitContainers_RunInOrderBeforeTheOthers()
    {
        var (kubectl, ns) = await BeginAsync("init");
        await kubectl.ApplyAsync(Manifests.Pod(ns, "staged",
            """
            volumes: [{name: v, emptyDir: {}}]
            initContainers:
            - {name: first, image: minke.local/demo, command: [sh, -c, "echo first >> /v/order"], volumeMounts: [{name: v, mountPath: /v}]}
            - {name: second, image: minke.local/demo, command: [sh, -c, "echo second >> /v/order"], volumeMounts: [{name: v, mountPath: /v}]}
            """,
            ("main", "cat /v/order; exec sleep 100000", "volumeMounts: [{name: v, mountPath: /v}]")));

        var pod = await kubectl.PodRunningAsync(ns, "staged");

        Assert.Equal("first\nsecond", await kubectl.OkAsync("logs", "-n", ns, "staged", "-c", "main"));
        Assert.All(pod["status"]!["initContainerStatuses"]!.AsArray(), (JsonNode? s) => Assert.Equal(0, (int)s!["state"]!["terminated"]!["exitCode"]!));
    }

    private async Task<(Kubectl Kubectl, string Namespace)> BeginAsync(string purpose)
    {
        var instance = cluster.Get();
        return (instance.Kubectl, await instance.NamespaceAsync(purpose));
    }
}
