using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Tests.Streaming;

/// <summary>A SPDY client and server that talk over the loopback interface.</summary>
internal sealed class SpdyPair : IAsyncDisposable
{
    private readonly LoopbackPair _loopback;
    private readonly CancellationToken _cancellationToken;

    private SpdyPair(LoopbackPair loopback, CancellationToken cancellationToken)
    {
        _loopback = loopback;
        _cancellationToken = cancellationToken;
        Client = new SpdyConnection(loopback.Client, isServer: false);
        Server = new SpdyConnection(loopback.Server, isServer: true);
        ClientRun = Client.RunAsync(cancellationToken);
        ServerRun = Server.RunAsync(cancellationToken);
    }

    public SpdyConnection Client { get; }

    public SpdyConnection Server { get; }

    public Task ClientRun { get; }

    public Task ServerRun { get; }

    public static async Task<SpdyPair> ConnectAsync(CancellationToken cancellationToken) =>
        new(await LoopbackPair.ConnectAsync(cancellationToken), cancellationToken);

    public async Task<(SpdyStream Opened, SpdyStream Accepted)> OpenAsync(IReadOnlyDictionary<string, string> headers)
    {
        var opened = await Client.OpenStreamAsync(headers, _cancellationToken);
        var accepted = await Server.AcceptStreamAsync(_cancellationToken);
        return (opened, Assert.IsType<SpdyStream>(accepted));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Task.WhenAll(ClientRun, ServerRun).ContinueWith(static _ => { }, TaskScheduler.Default);
        _loopback.Dispose();
    }
}
