using Minke.Client.Streams;
using System.Buffers.Binary;
using System.Net.WebSockets;
using Minke.Node.Streaming.Spdy;

namespace Minke.Node.Streaming;

/// <summary>
/// A port-forward session between a WebSocket client of the channel protocols and a runtime that speaks SPDY. For the nth port, channel 2n carries
/// the data of one connection to it and channel 2n+1 its errors; each begins with the port as a 16-bit little-endian number.
/// </summary>
internal sealed class PortForwardTranslator(ChannelSocket client, SpdyConnection runtime, IReadOnlyList<ushort> ports, IdleLimit idle, TimeProvider time)
{
    public const string RuntimeProtocol = "portforward.k8s.io";

    /// <summary>Two channels for each port have to fit in what one byte, or one base64 digit, can name.</summary>
    public static int MaxPorts(ChannelProtocol protocol) => protocol.IsBase64 ? 5 : 127;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly SpdyStream[] _data = new SpdyStream[ports.Count];

    /// <inheritdoc cref="RemoteCommandTranslator.RunAsync"/>
    public async Task RunAsync()
    {
        var reading = runtime.RunAsync(idle.Token);
        try
        {
            var pumps = new List<Task>(ports.Count * 2);
            for (var i = 0; i < ports.Count; i++)
            {
                pumps.AddRange(await OpenAsync(i));
            }

            await RunAsync(pumps);
        }
        finally
        {
            await runtime.DisposeAsync();
            await reading.ContinueWith(static ended => _ = ended.Exception, TaskScheduler.Default);
        }
    }

    private async Task RunAsync(List<Task> pumps)
    {
        var input = ReceiveAsync();
        var finished = FinishAsync(pumps);
        try
        {
            if (await Task.WhenAny(finished, input) == finished)
            {
                await finished;
                await Task.WhenAny(input, Task.Delay(CloseTimeout, time, idle.Token));
            }
        }
        finally
        {
            idle.End();
            await Task.WhenAll(finished, input);
        }
    }

    private async Task<Task[]> OpenAsync(int index)
    {
        // The runtime starts a connection when it has a pair of streams with one request id; the error stream comes first.
        var error = await runtime.OpenStreamAsync(StreamHeaders(index, "error"), idle.Token);
        await error.CompleteAsync(idle.Token);
        _data[index] = await runtime.OpenStreamAsync(StreamHeaders(index, "data"), idle.Token);
        var port = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(port, ports[index]);
        var channel = (byte)(index * 2);
        await client.SendAsync(channel, port, idle.Token);
        await client.SendAsync((byte)(channel + 1), port, idle.Token);
        return [PumpAsync(_data[index], channel), PumpAsync(error, (byte)(channel + 1))];
    }

    private Dictionary<string, string> StreamHeaders(int index, string type) => new()
    {
        ["streamtype"] = type,
        ["port"] = $"{ports[index]}",
        ["requestid"] = $"{index}",
    };

    private async Task FinishAsync(List<Task> pumps)
    {
        await Task.WhenAll(pumps);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", idle.Token);
    }

    private async Task PumpAsync(SpdyStream stream, byte channel)
    {
        var buffer = new byte[SpdyLimits.OutgoingDataBytes];
        int count;
        while ((count = await stream.ReadAsync(buffer, idle.Token)) > 0)
        {
            idle.Touch();
            await client.SendAsync(channel, buffer.AsMemory(0, count), idle.Token);
        }
    }

    private async Task ReceiveAsync()
    {
        while (await client.ReceiveAsync(idle.Token) is { } message)
        {
            idle.Touch();
            if (message.Channel % 2 == 0 && message.Channel / 2 < _data.Length)
            {
                await WriteAsync(_data[message.Channel / 2], message.Data);
            }
        }
    }

    private async ValueTask WriteAsync(SpdyStream stream, ReadOnlyMemory<byte> data)
    {
        try
        {
            await stream.WriteAsync(data, idle.Token);
        }
        catch (IOException) when (!idle.Token.IsCancellationRequested)
        {
            // This port's connection has ended; its error channel says why, and the other ports go on.
            return;
        }
    }
}
