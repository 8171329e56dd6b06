using System.Net;
using System.Net.WebSockets;
using System.Text;
using Minke.Node.Streaming;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Tests.Streaming;

public sealed class PortForwardSessionTests
{
    private static readonly RemoteCommandOptions NoOptions = new(false, false, false, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SpdyInsideWebSocketMessages_ReachesTheRuntime()
    {
        await using var server = await FakeStreamingServer.StartAsync(NoOptions, 1, EchoAsync("data80"));
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var (client, protocol) = await ConnectTunnelAsync(server, http);
        await using var bytes = new WebSocketByteStream(client);
        await using var connection = new SpdyConnection(bytes, isServer: false);
        var run = connection.RunAsync(Token);

        var data = await connection.OpenStreamAsync(new Dictionary<string, string> { ["streamtype"] = "data", ["port"] = "80", ["requestid"] = "0" }, Token);
        await data.WriteAsync("ping"u8.ToArray(), Token);
        await data.CompleteAsync(Token);

        Assert.Equal("SPDY/3.1+portforward.k8s.io", protocol);
        Assert.Equal("ping", await SpdyConnectionTests.ReadAllAsync(data));
        await run.WaitAsync(Token);
    }

    [Fact]
    public async Task ChannelProtocol_AnnouncesPorts_AndCarriesDataAndErrors()
    {
        await using var server = await FakeStreamingServer.StartAsync(NoOptions, 4, async streams =>
        {
            var buffer = new byte[100];
            var count = await streams["data443"].ReadAsync(buffer, Token);
            await streams["data443"].WriteAsync(buffer.AsMemory(0, count), Token);
            await streams["error80"].WriteAsync("refused"u8.ToArray(), Token);
        });
        using var client = await ChannelClient.ConnectAsync($"{server.Address}/portForward", "v4.channel.k8s.io");

        Assert.Equal([0, 80, 0], await client.ReceiveRawAsync());
        Assert.Equal([1, 80, 0], await client.ReceiveRawAsync());
        Assert.Equal([2, 443 & 0xFF, 443 >> 8], await client.ReceiveRawAsync());
        Assert.Equal([3, 443 & 0xFF, 443 >> 8], await client.ReceiveRawAsync());
        await client.SendAsync(2, "hello");
        var all = await client.ReceiveAllAsync();

        Assert.Equal("hello", all[2]);
        Assert.Equal("refused", all[1]);
    }

    // The framework's client refuses the subprotocol's name, so the handshake is made by hand.
    private static async Task<(WebSocket Socket, string Protocol)> ConnectTunnelAsync(FakeStreamingServer server, HttpMessageInvoker http)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, server.Address + "/portForward")
        {
            Headers =
            {
                { "Connection", "Upgrade" },
                { "Upgrade", "websocket" },
                { "Sec-WebSocket-Version", "13" },
                { "Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]) },
                { "Sec-WebSocket-Protocol", "SPDY/3.1+portforward.k8s.io" },
            },
        };
        var answer = await http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, answer.StatusCode);
        var socket = WebSocket.CreateFromStream(await answer.Content.ReadAsStreamAsync(Token), new WebSocketCreationOptions());
        return (socket, answer.Headers.GetValues("Sec-WebSocket-Protocol").Single());
    }

    private static Func<Dictionary<string, SpdyStream>, Task> EchoAsync(string name) => async streams =>
    {
        var text = await SpdyConnectionTests.ReadAllAsync(streams[name]);
        await streams[name].WriteAsync(Encoding.UTF8.GetBytes(text), Token);
        await streams[name].CompleteAsync(Token);
    };
}
