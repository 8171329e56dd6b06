using System.Text;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Tests.Streaming;

public sealed class SpdyConnectionTests
{
    private static readonly Dictionary<string, string> Headers = new() { ["streamtype"] = "data" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenedStream_IsAcceptedWithItsHeaders()
    {
        await using var pair = await SpdyPair.ConnectAsync(Token);

        var (_, accepted) = await pair.OpenAsync(Headers);

        Assert.Equal("data", accepted.Headers["streamtype"]);
    }

    [Fact]
    public async Task Data_ArrivesInBothDirections_AndFinEndsOneOfThem()
    {
        await using var pair = await SpdyPair.ConnectAsync(Token);
        var (opened, accepted) = await pair.OpenAsync(Headers);

        await opened.WriteAsync("question"u8.ToArray(), Token);
        await opened.CompleteAsync(Token);
        Assert.Equal("question", await ReadAllAsync(accepted));

        await accepted.WriteAsync("answer"u8.ToArray(), Token);
        await accepted.CompleteAsync(Token);
        Assert.Equal("answer", await ReadAllAsync(opened));
        await Assert.ThrowsAsync<IOException>(async () => await opened.WriteAsync("late"u8.ToArray(), Token));
    }

    [Fact]
    public async Task MegabytesOnSeveralStreams_ArriveUnchanged()
    {
        await using var pair = await SpdyPair.ConnectAsync(Token);
        var data = new byte[3_000_000];
        new Random(7).NextBytes(data);
        var transfers = new List<Task>();
        for (var i = 0; i < 4; i++)
        {
            var (opened, accepted) = await pair.OpenAsync(Headers);
            transfers.Add(SendAsync(opened, data));
            transfers.Add(ExpectAsync(accepted, data));
        }

        await Task.WhenAll(transfers);
    }

    [Fact]
    public async Task Reset_EndsThePeersReading_AndItsWriting()
    {
        await using var pair = await SpdyPair.ConnectAsync(Token);
        var (opened, accepted) = await pair.OpenAsync(Headers);

        await opened.ResetAsync(SpdyResetStatus.Cancel, Token);

        Assert.Equal("", await ReadAllAsync(accepted));
        await Assert.ThrowsAsync<IOException>(async () => await accepted.WriteAsync("late"u8.ToArray(), Token));
    }

    [Fact]
    public async Task TransportEnd_EndsStreamsAndOpening()
    {
        await using var pair = await SpdyPair.ConnectAsync(Token);
        var (opened, _) = await pair.OpenAsync(Headers);

        await pair.Server.DisposeAsync();

        Assert.Equal("", await ReadAllAsync(opened));
        await pair.ClientRun.WaitAsync(Token);
        await Assert.ThrowsAsync<IOException>(() => pair.Client.OpenStreamAsync(Headers, Token));
    }

    [Fact]
    public async Task Ping_IsAnsweredWithItsId()
    {
        using var loopback = await LoopbackPair.ConnectAsync(Token);
        await using var server = new SpdyConnection(loopback.Server, isServer: true);
        var run = server.RunAsync(Token);

        var ping = Convert.FromHexString("800300060000000400000005");
        await loopback.Client.WriteAsync(ping, Token);
        var answer = new byte[ping.Length];
        await loopback.Client.ReadExactlyAsync(answer, Token);

        Assert.Equal(ping, answer);
        loopback.Client.Close();
        await run.WaitAsync(Token);
    }

    [Theory]
    [InlineData("8003000800ffffff")] // a control frame of 16 MiB
    [InlineData("8002000600000004" + "00000001")] // version 2
    [InlineData("0000000000000001" + "00")] // data on stream 0
    public async Task BrokenFrame_EndsTheConnection(string bytes)
    {
        using var loopback = await LoopbackPair.ConnectAsync(Token);
        await using var server = new SpdyConnection(loopback.Server, isServer: true);
        var run = server.RunAsync(Token);

        await loopback.Client.WriteAsync(Convert.FromHexString(bytes), Token);

        await Assert.ThrowsAsync<SpdyProtocolException>(() => run.WaitAsync(Token));
    }

    [Fact]
    public async Task RandomBytes_EndTheConnectionWithAProtocolError_OrWait()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            using var loopback = await LoopbackPair.ConnectAsync(Token);
            await using var server = new SpdyConnection(loopback.Server, isServer: true);
            var run = server.RunAsync(Token);
            var bytes = new byte[random.Next(2, 200)];
            random.NextBytes(bytes);
            bytes[0] |= 0x80;
            bytes[1] = 3;

            await loopback.Client.WriteAsync(bytes, Token);
            loopback.Client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

            var failure = await Record.ExceptionAsync(() => run.WaitAsync(Token));
            Assert.True(failure is null or IOException, failure?.ToString());
        }
    }

    internal static async Task<string> ReadAllAsync(SpdyStream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer, Token)) > 0)
        {
            all.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    private static async Task SendAsync(SpdyStream stream, byte[] data)
    {
        await stream.WriteAsync(data, Token);
        await stream.CompleteAsync(Token);
    }

    private static async Task ExpectAsync(SpdyStream stream, byte[] expected)
    {
        using var all = new MemoryStream();
        var buffer = new byte[10_000];
        int read;
        while ((read = await stream.ReadAsync(buffer, Token)) > 0)
        {
            all.Write(buffer, 0, read);
        }

        Assert.True(expected.AsSpan().SequenceEqual(all.ToArray()), $"{all.Length} bytes arrived");
    }
}
