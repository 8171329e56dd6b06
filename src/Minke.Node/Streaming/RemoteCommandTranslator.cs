using Minke.Client.Streams;
using System.Net.WebSockets;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Streaming;

/// <summary>
/// One exec or attach session between a WebSocket client and a runtime that speaks SPDY: channels on one side are streams on the other. It ends
/// when the runtime has ended its output and said how the command ended, or when the client goes away.
/// </summary>
internal sealed class RemoteCommandTranslator
{
    /// <summary>The stream protocol asked of the runtime: the error stream is a Status, and there is a stream for terminal sizes.</summary>
    public const string RuntimeProtocol = "v4.channel.k8s.io";

    private const int MaxStatusBytes = 64 * 1024;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly ChannelSocket _client;
    private readonly SpdyConnection _runtime;
    private readonly RemoteCommandOptions _options;
    private readonly IdleLimit _idle;
    private readonly TimeProvider _time;
    private SpdyStream? _stdin;
    private SpdyStream? _resize;

    public RemoteCommandTranslator(ChannelSocket client, SpdyConnection runtime, RemoteCommandOptions options, IdleLimit idle, TimeProvider time)
    {
        _client = client;
        _runtime = runtime;
        _options = options;
        _idle = idle;
        _time = time;
    }

    /// <exception cref="IOException">The runtime broke the session off.</exception>
    /// <exception cref="WebSocketException">The client did.</exception>
    /// <exception cref="OperationCanceledException">One of them went away, or the idle limit was reached.</exception>
    /// <exception cref="InvalidDataException">A message is malformed.</exception>
    public async Task RunAsync()
    {
        var reading = _runtime.RunAsync(_idle.Token);
        try
        {
            var error = await OpenAsync("error");
            _stdin = _options.Stdin ? await OpenAsync("stdin") : null;
            var stdout = _options.Stdout ? await OpenAsync("stdout") : null;
            var stderr = _options.Stderr ? await OpenAsync("stderr") : null;
            _resize = _options.Tty ? await OpenAsync("resize") : null;
            await AnnounceAsync();
            await RunAsync(error, stdout, stderr);
        }
        finally
        {
            await _runtime.DisposeAsync();
            await reading.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        }
    }

    private async Task RunAsync(SpdyStream error, SpdyStream? stdout, SpdyStream? stderr)
    {
        var input = ReceiveAsync();
        var output = Task.WhenAll(PumpAsync(stdout, ChannelProtocol.StdoutChannel), PumpAsync(stderr, ChannelProtocol.StderrChannel));
        var status = ReadStatusAsync(error);
        var finished = FinishAsync(output, status);
        try
        {
            if (await Task.WhenAny(finished, input) == finished)
            {
                await finished;
                await Task.WhenAny(input, Task.Delay(CloseTimeout, _time, _idle.Token)); // until the client has answered the close
            }
        }
        finally
        {
            _idle.End(); // when the client has gone, nobody is there to see the rest
            await Task.WhenAll(finished, input);
        }
    }

    private async Task<SpdyStream> OpenAsync(string type) =>
        await _runtime.OpenStreamAsync(new Dictionary<string, string> { ["streamtype"] = type }, _idle.Token);

    // An empty message on the lowest channel that the server writes tells clients that the session is up.
    private ValueTask AnnounceAsync()
    {
        var channel = _options.Stdout ? ChannelProtocol.StdoutChannel : _options.Stderr ? ChannelProtocol.StderrChannel : ChannelProtocol.ErrorChannel;
        return _client.SendAsync(channel, ReadOnlyMemory<byte>.Empty, _idle.Token);
    }

    private async Task FinishAsync(Task output, Task<byte[]> status)
    {
        await output;
        var json = await status;
        if (json.Length == 0)
        {
            json = RemoteCommandStatus.Failure("the container runtime ended the session without saying how the command ended");
        }

        if ((_client.Protocol.StatusIsJson ? json : RemoteCommandStatus.ToPlainText(json)) is { } message)
        {
            await _client.SendAsync(ChannelProtocol.ErrorChannel, message, _idle.Token);
        }

        await _client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", _idle.Token);
    }

    private async Task PumpAsync(SpdyStream? stream, byte channel)
    {
        if (stream is null)
        {
            return;
        }

        var buffer = new byte[SpdyLimits.OutgoingDataBytes];
        int count;
        while ((count = await stream.ReadAsync(buffer, _idle.Token)) > 0)
        {
            _idle.Touch();
            await _client.SendAsync(channel, buffer.AsMemory(0, count), _idle.Token);
        }
    }

    private async Task<byte[]> ReadStatusAsync(SpdyStream error)
    {
        using var status = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while ((count = await error.ReadAsync(buffer, _idle.Token)) > 0)
        {
            if (status.Length + count > MaxStatusBytes)
            {
                throw new InvalidDataException("the runtime's status is too long");
            }

            status.Write(buffer, 0, count);
        }

        return status.ToArray();
    }

    /// <summary>Passes the client's messages on until it closes the WebSocket.</summary>
    private async Task ReceiveAsync()
    {
        while (await _client.ReceiveAsync(_idle.Token) is { } message)
        {
            _idle.Touch();
            switch (message.Channel)
            {
                case ChannelProtocol.StdinChannel:
                    _stdin = await WriteOrDropAsync(_stdin, message.Data);
                    break;
                case ChannelProtocol.ResizeChannel:
                    _resize = await WriteOrDropAsync(_resize, message.Data);
                    break;
                case ChannelProtocol.CloseChannel when _client.Protocol.HasCloseSignal && message.Data.Span.Contains(ChannelProtocol.StdinChannel):
                    await EndInputAsync();
                    break;
                default:
                    break; // channels that clients do not write to are ignored, as the Kubernetes servers do
            }
        }
    }

    /// <summary>Null when the command no longer takes input, which is no reason to end the session: its output may still come.</summary>
    private async ValueTask<SpdyStream?> WriteOrDropAsync(SpdyStream? stream, ReadOnlyMemory<byte> data)
    {
        if (stream is null)
        {
            return null;
        }

        try
        {
            await stream.WriteAsync(data, _idle.Token);
            return stream;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async ValueTask EndInputAsync()
    {
        try
        {
            if (_stdin is not null)
            {
                await _stdin.CompleteAsync(_idle.Token);
            }
        }
        catch (IOException)
        {
            _stdin = null; // the command has ended already
        }
    }
}
