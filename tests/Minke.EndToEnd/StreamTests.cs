using System.Net;
using System.Net.Sockets;

namespace Minke.EndToEnd;

/// <summary>logs, exec, attach, cp and port-forward with real kubectls (SPDY and WebSocket).</summary>
public sealed class StreamTests(Cluster cluster)
{
    private const string Ticker = "i=0; while :; do i=$((i+1)); echo tick $i; sleep 0.1; done";

    [Theory]
    [MemberData(nameof(KubectlTests.Versions), MemberType = typeof(KubectlTests))]
    public async Task Logs_TailFollowPreviousSinceAndTimestamps(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        await kubectl.ApplyAsync(Manifests.Pod(ns, "talk", "", ("a", Ticker, ""), ("b", "echo only b; exec sleep 100000", ""), ("c", "echo once; exit 1", "")));
        await kubectl.WaitAsync(ns, "pod", "talk", p => Kubectl.Restarts(p, "c") >= 1, "restarted c");

        Assert.Equal("only b", await kubectl.OkAsync("logs", "-n", ns, "talk", "-c", "b"));
        Assert.Equal("once", await kubectl.OkAsync("logs", "-n", ns, "talk", "-c", "c", "-p"));
        Assert.Equal(3, (await kubectl.OkAsync("logs", "-n", ns, "talk", "-c", "a", "--tail=3")).Split('\n').Length);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT[\d:.]+Z only b$", await kubectl.OkAsync("logs", "-n", ns, "talk", "-c", "b", "--timestamps"));
        Assert.Equal("", await kubectl.OkAsync("logs", "-n", ns, "talk", "-c", "b", "--since-time=2100-01-01T00:00:00Z"));
        Assert.Contains("tick", await kubectl.OkAsync("logs", "-n", ns, "talk", "-c", "a", "--since=1h"), StringComparison.Ordinal);
        Assert.Contains("only b", await kubectl.OkAsync("logs", "-n", ns, "talk", "--all-containers"), StringComparison.Ordinal);

        using var follow = kubectl.Start("logs", "-f", "-n", ns, "talk", "-c", "a", "--tail=1");
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            var first = int.Parse((await follow.StandardOutput.ReadLineAsync(limit.Token))![5..], System.Globalization.CultureInfo.InvariantCulture);
            for (var next = first + 1; next < first + 10; next++)
            {
                Assert.Equal($"tick {next}", await follow.StandardOutput.ReadLineAsync(limit.Token));
            }
        }
        finally
        {
            follow.Kill();
        }
    }

    [Theory]
    [MemberData(nameof(KubectlTests.Versions), MemberType = typeof(KubectlTests))]
    public async Task Exec_CarriesInputOutputErrorAndExitCode(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        await PodAsync(kubectl, ns, "exec sleep 100000");

        var output = await kubectl.RunAsync("exec", "-n", ns, "target", "--", "sh", "-c", "echo out; echo err >&2; exit 42");
        Assert.Equal((42, "out\n"), (output.ExitCode, output.Out));
        Assert.Contains("err\n", output.Err, StringComparison.Ordinal);

        var text = string.Concat(Enumerable.Repeat("0123456789abcdef\n", 20_000));
        var echoed = await kubectl.RunAsync(["exec", "-i", "-n", ns, "target", "--", "cat"], text);
        Assert.Equal(text, echoed.Succeeded());

        var missing = await kubectl.RunAsync("exec", "-n", ns, "target", "--", "no-such-program");
        Assert.NotEqual(0, missing.ExitCode);
    }

    [Theory]
    [MemberData(nameof(KubectlTests.Versions), MemberType = typeof(KubectlTests))]
    public async Task ExecWithTerminal_GivesATerminal(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        await PodAsync(kubectl, ns, "exec sleep 100000");

        // `script` gives kubectl a terminal of its own, without which it would not ask for one in the container.
        var command = $"stty rows 33 cols 101; {binary} --kubeconfig {cluster.Get().Kubeconfig} exec -it -n {ns} target -- sh -c 'sleep 0.5; tty; stty size'";
        var output = await Shell.RunAsync("/usr/bin/script", ["-qec", command, "/dev/null"]);

        Assert.Contains("/dev/pts/", output.Succeeded(), StringComparison.Ordinal);
        Assert.Contains("33 101", output.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KubectlTests.Versions), MemberType = typeof(KubectlTests))]
    public async Task Attach_SeesWhatTheContainerPrintsAndSendsInput(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        await kubectl.ApplyAsync(Manifests.Pod(ns, "target", "", ("main", "while read line; do echo heard $line; done; exec sleep 100000", "stdin: true")));
        await kubectl.PodRunningAsync(ns, "target");

        using var attach = kubectl.Start("attach", "-i", "-n", ns, "target");
        try
        {
            await attach.StandardInput.WriteLineAsync("hello");
            await attach.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            Assert.Equal("heard hello", await attach.StandardOutput.ReadLineAsync(limit.Token));
        }
        finally
        {
            attach.Kill();
        }
    }

    [Theory]
    [MemberData(nameof(KubectlTests.Versions), MemberType = typeof(KubectlTests))]
    public async Task Copy_BringsFilesInAndOut(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        await PodAsync(kubectl, ns, "exec sleep 100000");
        var source = Path.Combine(cluster.Get().DataDir, $"{ns}.in");
        var back = source + ".out";
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        await File.WriteAllBytesAsync(source, bytes, TestContext.Current.CancellationToken);

        await kubectl.OkAsync("cp", source, $"{ns}/target:/tmp/file");
        await kubectl.OkAsync("cp", $"{ns}/target:/tmp/file", back);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(back, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(KubectlTests.Versions), MemberType = typeof(KubectlTests))]
    public async Task PortForward_ReachesThePodsPort(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        await PodAsync(kubectl, ns, "mkdir -p /www; echo forwarded > /www/index.html; exec httpd -f -p 8080 -h /www");
        var port = FreePort();

        using var forward = kubectl.Start("port-forward", "-n", ns, "pod/target", $"{port}:8080");
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            Assert.Contains("Forwarding from 127.0.0.1", await forward.StandardOutput.ReadLineAsync(limit.Token), StringComparison.Ordinal);
            using var http = new HttpClient();
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal("forwarded\n", await http.GetStringAsync($"http://127.0.0.1:{port}/", limit.Token));
            }
        }
        finally
        {
            forward.Kill();
        }
    }

    private static async Task PodAsync(Kubectl kubectl, string ns, string script)
    {
        await kubectl.ApplyAsync(Manifests.Pod(ns, "target", "", ("main", script, "")));
        await kubectl.PodRunningAsync(ns, "target");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<(Kubectl Kubectl, string Namespace)> BeginAsync(string binary)
    {
        var instance = cluster.Get();
        return (new Kubectl(binary, instance.Kubeconfig), await instance.NamespaceAsync("stream"));
    }
}
