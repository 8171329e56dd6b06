using System.Net;
using System.Text.RegularExpressions;
using Minke.Node.Tests.Runtime;

namespace Minke.Node.Tests.Streaming;

/// <summary>The machine's kubectl against real containers, through the API server's forwarding and the node's server.</summary>
public sealed partial class KubectlStreamTests(ContainerdFixture containerd)
{
    // kubectl's switches between WebSocket and SPDY.
    private static readonly Dictionary<string, string> Spdy = new()
    {
        ["KUBECTL_REMOTE_COMMAND_WEBSOCKETS"] = "false",
        ["KUBECTL_PORT_FORWARD_WEBSOCKETS"] = "false",
    };

    private static readonly Dictionary<string, string> WebSocket = new()
    {
        ["KUBECTL_REMOTE_COMMAND_WEBSOCKETS"] = "true",
        ["KUBECTL_PORT_FORWARD_WEBSOCKETS"] = "true",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Transports => [true, false];

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(Transports))]
    public async Task Exec_CarriesOutputsAndExitCode(bool webSocket)
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, $"exec-{webSocket}".ToLowerInvariant(), Token);
        await pod.StartAsync("main", "sleep 1000", stdin: false, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);

        var (code, output, error) = await cluster.KubectlAsync(
            ["exec", pod.Object.Metadata.Name, "--", "sh", "-c", "echo out; echo err >&2; exit 7"], environment: Transport(webSocket));

        Assert.Equal("out\n", output);
        Assert.Equal("err\ncommand terminated with exit code 7\n", error);
        Assert.Equal(7, code);
    }

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(Transports))]
    public async Task ExecWithInput_EndsWhenTheInputEnds(bool webSocket)
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, $"stdin-{webSocket}".ToLowerInvariant(), Token);
        await pod.StartAsync("main", "sleep 1000", stdin: false, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);
        var input = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n"));

        var (code, output, error) = await cluster.KubectlAsync(["exec", "-i", pod.Object.Metadata.Name, "--", "cat"], input, Transport(webSocket));

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(input.Length, output.Length);
        Assert.Equal(input, output);
    }

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(Transports))]
    public async Task ExecOfAMissingProgram_Fails(bool webSocket)
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, $"noprog-{webSocket}".ToLowerInvariant(), Token);
        await pod.StartAsync("main", "sleep 1000", stdin: false, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);

        var (code, _, error) = await cluster.KubectlAsync(["exec", pod.Object.Metadata.Name, "--", "/no/such/program"], environment: Transport(webSocket));

        Assert.Contains("no such file", error, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
    }

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(Transports))]
    public async Task ExecWithTerminal_HasTheSizeOfTheClients(bool webSocket)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script, which makes a terminal");
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, $"tty-{webSocket}".ToLowerInvariant(), Token);
        await pod.StartAsync("main", "sleep 1000", stdin: false, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);

        // The size comes right after the start, so the command waits for it.
        var command = "until busybox stty size | grep -q '33 101'; do sleep 0.1; done; echo sized";
        var output = await cluster.KubectlInTerminalAsync(33, 101, $"exec -it {pod.Object.Metadata.Name} -- sh -c \"{command}\"", Transport(webSocket));

        Assert.Contains("sized\r\n", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 90_000)]
    public async Task Copy_BringsFilesInAndOut()
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, "copy", Token);
        await pod.StartAsync("main", "sleep 1000", stdin: false, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);
        var directory = Directory.CreateTempSubdirectory("minke-cp-");
        var data = new byte[3_000_000];
        new Random(9).NextBytes(data);
        await File.WriteAllBytesAsync($"{directory.FullName}/in", data, Token);

        var into = await cluster.KubectlAsync(["cp", $"{directory.FullName}/in", "copy:/tmp/there"]);
        var outOf = await cluster.KubectlAsync(["cp", "copy:/tmp/there", $"{directory.FullName}/out"]);

        Assert.True(into.Code == 0 && outOf.Code == 0, into.Error + outOf.Error);
        Assert.Equal(data, await File.ReadAllBytesAsync($"{directory.FullName}/out", Token));
        directory.Delete(recursive: true);
    }

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(Transports))]
    public async Task Attach_JoinsTheProcess(bool webSocket)
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, $"attach-{webSocket}".ToLowerInvariant(), Token);
        await pod.StartAsync("main", "while read line; do echo got $line; done", stdin: true, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);

        using var kubectl = cluster.StartKubectl(["attach", "-i", pod.Object.Metadata.Name], Transport(webSocket));
        await kubectl.StandardInput.WriteAsync("hello\n");
        await kubectl.StandardInput.FlushAsync(Token);
        var line = await kubectl.StandardOutput.ReadLineAsync(Token);
        kubectl.Kill();
        await kubectl.WaitForExitAsync(Token);

        Assert.Equal("got hello", line);
    }

    [Theory(Timeout = 90_000)]
    [MemberData(nameof(Transports))]
    public async Task PortForward_ReachesAPortOfThePod_SeveralTimes(bool webSocket)
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, $"forward-{webSocket}".ToLowerInvariant(), Token);
        await pod.StartAsync("main", "mkdir /www; echo page > /www/index.html; exec httpd -f -p 8080 -h /www", stdin: false, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);

        using var kubectl = cluster.StartKubectl(["port-forward", pod.Object.Metadata.Name, ":8080"], Transport(webSocket));
        var said = await kubectl.StandardOutput.ReadLineAsync(Token) ?? await kubectl.StandardError.ReadToEndAsync(Token);
        var port = LocalPort().Match(said);
        Assert.True(port.Success, said);
        using var http = new HttpClient();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("page\n", await http.GetStringAsync($"http://127.0.0.1:{port.Groups[1].Value}/", Token));
        }

        kubectl.Kill();
        await kubectl.WaitForExitAsync(Token);
    }

    [Fact(Timeout = 90_000)]
    public async Task Logs_AreReadTailedStampedAndFollowedToTheEnd()
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, "logs", Token);
        await pod.StartAsync("main", "echo one; echo two; echo three; sleep 2; echo four", stdin: false, Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);

        var followed = await cluster.KubectlAsync(["logs", "-f", "logs"]);
        var tailed = await cluster.KubectlAsync(["logs", "logs", "--tail=2"]);
        var stamped = await cluster.KubectlAsync(["logs", "logs", "--timestamps", "--limit-bytes=20"]);

        Assert.Equal("one\ntwo\nthree\nfour\n", followed.Output);
        Assert.Equal("three\nfour\n", tailed.Output);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.$", stamped.Output);
    }

    [Fact(Timeout = 90_000)]
    public async Task WrongRequests_AreAnsweredAsKubernetesDoes()
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, "wrong", Token);
        await pod.StartAsync("main", "sleep 1000", stdin: false, Token);
        pod.AddWaiting("late", "ImagePullBackOff");
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);
        using var http = new HttpClient { BaseAddress = new Uri($"{cluster.Address}/api/v1/namespaces/default/pods/") };

        await ExpectAsync(http, "wrong/log", 400, "a container name must be specified for pod wrong, choose one of: [main late]");
        await ExpectAsync(http, "wrong/log?container=other", 400, "container other is not valid for pod wrong");
        await ExpectAsync(http, "wrong/log?container=late", 400, "container \\\"late\\\" in pod \\\"wrong\\\" is waiting to start: trying and failing to pull image");
        await ExpectAsync(http, "wrong/log?container=main&previous=true", 400, "previous terminated container \\\"main\\\" in pod \\\"wrong\\\" not found");
        await ExpectAsync(http, "wrong/log?container=main&tailLines=-1", 422, "must be greater than or equal to 0");
        await ExpectAsync(http, "wrong/log?container=main&tailLines=x", 400, "not an integer");
        await ExpectAsync(http, "absent/log", 404, "pods \\\"absent\\\" not found");
        await ExpectAsync(http, "wrong/exec?container=main&command=true&stdout=true", 400, "Upgrade request required");
        var late = await cluster.KubectlAsync(["exec", "wrong", "-c", "late", "--", "true"]);
        Assert.Contains("is waiting to start", late.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 90_000)]
    public async Task NodeServer_LetsInOnlyTheApiServer()
    {
        var runtime = await ReadyAsync();
        await using var pod = await StreamingPod.RunAsync(runtime, containerd.Directory, "clients", Token);
        await using var cluster = await StreamingCluster.StartAsync(runtime, pod, Token);

        using var allowed = cluster.NodeClient("minke-apiserver");
        using var user = cluster.NodeClient("someone");
        using var nobody = cluster.NodeClient(null);

        Assert.Equal("ok", await allowed.GetStringAsync("/healthz", Token));
        await Assert.ThrowsAsync<HttpRequestException>(() => user.GetStringAsync("/healthz", Token));
        await Assert.ThrowsAsync<HttpRequestException>(() => nobody.GetStringAsync("/healthz", Token));
    }

    private static Dictionary<string, string> Transport(bool webSocket) => webSocket ? WebSocket : Spdy;

    private static async Task ExpectAsync(HttpClient http, string path, int code, string message)
    {
        using var answer = await http.GetAsync(path, Token);
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains(message, body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)code, answer.StatusCode);
        Assert.Contains("\"kind\":\"Status\"", body, StringComparison.Ordinal);
    }

    private async Task<Minke.Node.Runtime.CriRuntime> ReadyAsync()
    {
        var runtime = await containerd.RuntimeAsync(Token);
        Assert.SkipUnless(File.Exists("/usr/bin/kubectl") || File.Exists("/usr/local/bin/kubectl"), "needs kubectl");
        return runtime;
    }

    [GeneratedRegex(@"Forwarding from 127\.0\.0\.1:(\d+)")]
    private static partial Regex LocalPort();
}
