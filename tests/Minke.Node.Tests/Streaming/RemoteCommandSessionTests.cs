using System.Net;
using System.Net.WebSockets;
using System.Text;
using Minke.Node.Streaming;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Tests.Streaming;

public sealed class RemoteCommandSessionTests
{
    private const string Success = """{"metadata":{},"status":"Success"}""";
    private const string ExitCode7 = """{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    public async Task OutputsAndStatus_ArriveOnTheirChannels(string protocol)
    {
        await using var server = await StartAsync(stdin: false, async streams =>
        {
            await SayAsync(streams["stdout"], "out");
            await SayAsync(streams["stderr"], "err");
            await SayAsync(streams["error"], ExitCode7);
        });
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", protocol);

        var all = await client.ReceiveAllAsync();

        Assert.Equal(protocol, client.Socket.SubProtocol);
        Assert.Equal("out", all[1]);
        Assert.Equal("err", all[2]);
        Assert.Equal(ExitCode7, all[3]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.Socket.CloseStatus);
    }

    [Fact]
    public async Task FirstMessage_IsEmpty_OnTheLowestOutputChannel()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync(stdin: false, _ => go.Task);
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "v4.channel.k8s.io");

        Assert.Equal([1], await client.ReceiveRawAsync());
        go.SetResult();
    }

    [Fact]
    public async Task CloseSignalOfVersion5_EndsStdin_AndOutputGoesOn()
    {
        await using var server = await StartAsync(stdin: true, async streams =>
        {
            var input = await SpdyConnectionTests.ReadAllAsync(streams["stdin"]);
            await SayAsync(streams["stdout"], $"got {input}");
            await SayAsync(streams["stderr"], "");
            await SayAsync(streams["error"], Success);
        });
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "v5.channel.k8s.io");

        await client.SendAsync(0, "hello");
        await client.SendAsync(0, " world");
        await client.SendRawAsync([255, 0], WebSocketMessageType.Binary);
        var all = await client.ReceiveAllAsync();

        Assert.Equal("got hello world", all[1]);
        Assert.Equal(Success, all[3]);
    }

    [Fact]
    public async Task TerminalSize_ReachesTheResizeStream()
    {
        await using var server = await FakeStreamingServer.StartAsync(new RemoteCommandOptions(true, true, false, Tty: true), 4, async streams =>
        {
            var buffer = new byte[100];
            var count = await streams["resize"].ReadAsync(buffer, Token);
            await SayAsync(streams["stdout"], Encoding.UTF8.GetString(buffer, 0, count));
            await SayAsync(streams["error"], Success);
        });
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "v5.channel.k8s.io");

        await client.SendAsync(4, """{"Width":80,"Height":24}""");
        var all = await client.ReceiveAllAsync();

        Assert.Equal("""{"Width":80,"Height":24}""", all[1]);
    }

    [Fact]
    public async Task OldProtocol_GetsNothingForSuccess_AndTextForFailure()
    {
        foreach (var (status, expected) in new[] { (Success, null), (ExitCode7, "command terminated with non-zero exit code") })
        {
            await using var server = await StartAsync(stdin: false, streams => SayAsync(streams["error"], status));
            using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "channel.k8s.io");

            var all = await client.ReceiveAllAsync();

            Assert.Equal(expected, all.GetValueOrDefault<byte, string>(3));
        }
    }

    [Fact]
    public async Task Base64Protocol_EncodesBothWays()
    {
        await using var server = await StartAsync(stdin: true, async streams =>
        {
            var buffer = new byte[100];
            var count = await streams["stdin"].ReadAsync(buffer, Token);
            await SayAsync(streams["stdout"], $"got {Encoding.UTF8.GetString(buffer, 0, count)}");
            await SayAsync(streams["error"], Success);
        });
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "base64.channel.k8s.io");

        await client.SendRawAsync("0aGVsbG8="u8.ToArray(), WebSocketMessageType.Text);

        Assert.Equal("1", Encoding.ASCII.GetString((await client.ReceiveRawAsync())!));
        Assert.Equal("1" + Convert.ToBase64String("got hello"u8), Encoding.ASCII.GetString((await client.ReceiveRawAsync())!));
    }

    [Theory]
    [InlineData("0not base64!")]
    [InlineData("xaGVsbG8=")]
    public async Task MalformedBase64_ClosesTheSessionAsInvalid(string message)
    {
        await using var server = await StartAsync(stdin: true, async streams => await SpdyConnectionTests.ReadAllAsync(streams["stdin"]));
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "base64.channel.k8s.io");

        await client.SendRawAsync(Encoding.ASCII.GetBytes(message), WebSocketMessageType.Text);
        await client.ReceiveAllAsync();

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, client.Socket.CloseStatus);
    }

    [Fact]
    public async Task MegabytesOfFragmentedInput_ComeBackUnchanged()
    {
        await using var server = await StartAsync(stdin: true, async streams =>
        {
            var buffer = new byte[10_000];
            int count;
            while ((count = await streams["stdin"].ReadAsync(buffer, Token)) > 0)
            {
                await streams["stdout"].WriteAsync(buffer.AsMemory(0, count), Token);
            }

            await streams["stdout"].CompleteAsync(Token);
            await SayAsync(streams["error"], Success);
        });
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "v5.channel.k8s.io");
        var data = new byte[2_000_000];
        new Random(3).NextBytes(data);

        var sending = SendAsync(client, data);
        using var received = new MemoryStream();
        while (await client.ReceiveRawAsync() is { } message)
        {
            received.Write(message[0] == 1 ? message.AsSpan(1) : []);
        }

        await sending;
        Assert.True(received.ToArray().AsSpan().SequenceEqual(data), $"{received.Length} bytes came back");
    }

    [Fact]
    public async Task RuntimeThatEndsWithoutStatus_IsReportedAsFailure()
    {
        await using var server = await StartAsync(stdin: false, _ => Task.CompletedTask);
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "v5.channel.k8s.io");

        var all = await client.ReceiveAllAsync();

        Assert.Contains("\"status\":\"Failure\"", all[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatGoesAway_EndsTheRuntimesSession()
    {
        await using var server = await StartAsync(stdin: true, async streams => await SpdyConnectionTests.ReadAllAsync(streams["stdin"]));
        var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "v5.channel.k8s.io");
        await client.ReceiveAsync();

        client.Socket.Abort();

        await server.ScriptEnded.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        client.Dispose();
    }

    [Fact]
    public async Task IdleSession_IsEnded()
    {
        await using var server = await FakeStreamingServer.StartAsync(
            new RemoteCommandOptions(true, true, true, false), 4, async streams => await SpdyConnectionTests.ReadAllAsync(streams["stdin"]), TimeSpan.FromMilliseconds(200));
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/exec", "v5.channel.k8s.io");

        await server.ScriptEnded.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
    }

    [Fact]
    public async Task UnknownSubprotocol_IsRefused()
    {
        await using var server = await StartAsync(stdin: false, _ => Task.CompletedTask);

        await Assert.ThrowsAsync<WebSocketException>(() => ChannelClient.ConnectAsync($"{server.Address}/exec", "v9.channel.k8s.io"));
    }

    [Fact]
    public async Task RuntimeThatRefuses_IsAnsweredBeforeTheUpgrade()
    {
        await using var server = await StartAsync(stdin: false, _ => Task.CompletedTask);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/refused") { Headers = { { "Connection", "Upgrade" }, { "Upgrade", "SPDY/3.1" } } };

        using var answer = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("no such session", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task SpdyClient_IsTunnelledToTheRuntime_AtTheBestCommonVersion()
    {
        await using var server = await StartAsync(stdin: true, async streams =>
        {
            var input = await SpdyConnectionTests.ReadAllAsync(streams["stdin"]);
            await SayAsync(streams["stdout"], $"got {input}");
        });
        using var upgrade = new RuntimeUpgrade();
        await using var upgraded = await upgrade.ConnectSpdyAsync($"{server.Address}/exec", ["v5.channel.k8s.io", "v4.channel.k8s.io", "v3.channel.k8s.io"], Token);
        await using var connection = new SpdyConnection(upgraded.Stream, isServer: false);
        var run = connection.RunAsync(Token);

        var streams = new Dictionary<string, SpdyStream>();
        foreach (var type in new[] { "error", "stdin", "stdout", "stderr" })
        {
            streams[type] = await connection.OpenStreamAsync(new Dictionary<string, string> { ["streamtype"] = type }, Token);
        }

        await SayAsync(streams["stdin"], "tunnelled");

        Assert.Equal("v4.channel.k8s.io", upgraded.Protocol);
        Assert.Equal("got tunnelled", await SpdyConnectionTests.ReadAllAsync(streams["stdout"]));
        await run.WaitAsync(Token);
    }

    private static Task<FakeStreamingServer> StartAsync(bool stdin, Func<Dictionary<string, SpdyStream>, Task> script) =>
        FakeStreamingServer.StartAsync(new RemoteCommandOptions(stdin, true, true, false), stdin ? 4 : 3, script);

    private static async Task SayAsync(SpdyStream stream, string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Token);
        await stream.CompleteAsync(Token);
    }

    private static async Task SendAsync(ChannelClient client, byte[] data)
    {
        for (var i = 0; i < data.Length; i += 400_000)
        {
            byte[] message = [0, .. data.AsSpan(i, 400_000)];
            await client.Socket.SendAsync(message.AsMemory(0, 1), WebSocketMessageType.Binary, endOfMessage: false, Token);
            await client.Socket.SendAsync(message.AsMemory(1), WebSocketMessageType.Binary, endOfMessage: true, Token);
        }

        await client.SendRawAsync([255, 0], WebSocketMessageType.Binary);
    }
}
