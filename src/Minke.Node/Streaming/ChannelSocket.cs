using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;

namespace Minke.Node.Streaming;

/// <summary>A part of a channel's data, valid until the next receive.</summary>
internal readonly record struct ChannelData(byte Channel, ReadOnlyMemory<byte> Data);

/// <summary>
/// Sends and receives channel messages over a WebSocket. Messages of any length pass through a buffer of fixed size. One receiver; senders take turns.
/// </summary>
internal sealed class ChannelSocket(WebSocket socket, ChannelProtocol protocol) : IDisposable
{
    private const int BufferBytes = 32 * 1024;

    private readonly SemaphoreSlim _sending = new(1, 1); // held while a message is sent: a WebSocket takes one at a time
    private readonly byte[] _buffer = new byte[BufferBytes];
    private bool _inMessage;
    private byte _channel;
    private int _carried; // base64 characters at the start of the buffer that wait for the rest of their group

    public ChannelProtocol Protocol => protocol;

    /// <summary>The next piece of data; null when the client has closed the WebSocket.</summary>
    /// <exception cref="InvalidDataException">A message has no channel or is not base64.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async ValueTask<ChannelData?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_carried), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            var piece = _buffer.AsMemory(0, _carried + received.Count);
            _carried = 0;
            if (!_inMessage && piece.IsEmpty)
            {
                continue; // a keep-alive of some clients, or a fragment that brings the channel later
            }

            var data = _inMessage ? piece : TakeChannel(piece);
            _inMessage = !received.EndOfMessage;
            return new ChannelData(_channel, protocol.IsBase64 ? Decode(data, received.EndOfMessage) : data);
        }
    }

    public async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var message = ArrayPool<byte>.Shared.Rent(1 + (protocol.IsBase64 ? Base64.GetMaxEncodedToUtf8Length(data.Length) : data.Length));
        await _sending.WaitAsync(cancellationToken);
        try
        {
            var length = Encode(channel, data.Span, message);
            var type = protocol.IsBase64 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            await socket.SendAsync(message.AsMemory(0, length), type, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Tells the client that nothing more comes; what it sends can still be received.</summary>
    public async Task CloseOutputAsync(WebSocketCloseStatus status, string description, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, description, cancellationToken);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    private ReadOnlyMemory<byte> TakeChannelBase64(Memory<byte> piece)
    {
        var digit = piece.Span[0];
        _channel = digit is >= (byte)'0' and <= (byte)'9'
            ? (byte)(digit - '0')
            : throw new InvalidDataException("a message does not begin with a channel's digit");
        return piece[1..];
    }

    private ReadOnlyMemory<byte> TakeChannel(Memory<byte> piece)
    {
        if (protocol.IsBase64)
        {
            return TakeChannelBase64(piece);
        }

        _channel = piece.Span[0];
        return piece[1..];
    }

    private ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> text, bool isEnd)
    {
        var whole = isEnd ? text.Length : text.Length - (text.Length % 4);
        var plain = new byte[Base64.GetMaxDecodedFromUtf8Length(whole)];
        if (Base64.DecodeFromUtf8(text.Span[..whole], plain, out var consumed, out var written, isFinalBlock: isEnd) != OperationStatus.Done || consumed != whole)
        {
            throw new InvalidDataException("a message is not base64");
        }

        var rest = text[whole..];
        rest.CopyTo(_buffer);
        _carried = rest.Length;
        return plain.AsMemory(0, written);
    }

    private int Encode(byte channel, ReadOnlySpan<byte> data, Span<byte> message)
    {
        if (!protocol.IsBase64)
        {
            message[0] = channel;
            data.CopyTo(message[1..]);
            return 1 + data.Length;
        }

        if (channel > 9)
        {
            throw new ArgumentOutOfRangeException(nameof(channel), channel, "base64 messages have one digit for the channel");
        }

        message[0] = (byte)('0' + channel);
        Base64.EncodeToUtf8(data, message[1..], out _, out var written);
        return 1 + written;
    }
}
