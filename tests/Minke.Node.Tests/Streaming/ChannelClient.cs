using System.Net.WebSockets;
using System.Text;

namespace Minke.Node.Tests.Streaming;

/// <summary>A WebSocket client that speaks the channel protocols in their binary form.</summary>
internal sealed class ChannelClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    public ClientWebSocket Socket => _socket;

    public static async Task<ChannelClient> ConnectAsync(string address, string? protocol)
    {
        var client = new ChannelClient();
        if (protocol is not null)
        {
            client._socket.Options.AddSubProtocol(protocol);
        }

        await client._socket.ConnectAsync(new Uri(address.Replace("http://", "ws://", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        return client;
    }

    public Task SendAsync(byte channel, string text) => SendRawAsync([channel, .. Encoding.UTF8.GetBytes(text)], WebSocketMessageType.Binary);

    public Task SendRawAsync(byte[] message, WebSocketMessageType type) =>
        _socket.SendAsync(message, type, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next message, as channel and text; null when the server has closed.</summary>
    public async Task<(byte Channel, string Text)?> ReceiveAsync()
    {
        var message = await ReceiveRawAsync();
        return message is null ? null : (message[0], Encoding.UTF8.GetString(message.AsSpan(1)));
    }

    public async Task<byte[]?> ReceiveRawAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            whole.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return whole.ToArray();
            }
        }
    }

    /// <summary>All that comes until the server closes, joined for each channel.</summary>
    public async Task<Dictionary<byte, string>> ReceiveAllAsync()
    {
        var all = new Dictionary<byte, string>();
        while (await ReceiveAsync() is var (channel, text))
        {
            all[channel] = all.GetValueOrDefault(channel, "") + text;
        }

        return all;
    }

    public void Dispose() => _socket.Dispose();
}
