using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Minke.Node.Streaming.Spdy;

/// <summary>
/// A SPDY/3.1 connection over an upgraded byte stream, as container runtimes and Kubernetes clients speak it (they all use the Go package spdystream).
/// <see cref="RunAsync"/> is the only reader of the transport; writers take turns. As spdystream does, it neither sends WINDOW_UPDATE nor waits
/// for it: back-pressure is the transport's, so that one stream whose data nobody reads holds up the others.
/// </summary>
internal sealed class SpdyConnection : IAsyncDisposable
{
    private readonly Stream _transport;
    private readonly bool _isServer;
    private readonly SpdyControlCodec _codec = new();
    private readonly SemaphoreSlim _sending = new(1, 1); // held while the codec encodes and the transport is written to
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<uint, SpdyStream> _streams = new();
    private readonly Channel<SpdyStream> _accepted = Channel.CreateBounded<SpdyStream>(SpdyLimits.OpenStreams);
    private uint _nextStreamId;
    private uint _lastPeerStreamId;
    private volatile bool _goneAway;

    public SpdyConnection(Stream transport, bool isServer)
    {
        _transport = transport;
        _isServer = isServer;
        _nextStreamId = isServer ? 2u : 1u;
    }

    /// <summary>Reads frames until the peer closes the connection or breaks the protocol; then all streams end.</summary>
    /// <exception cref="SpdyProtocolException">The peer broke the protocol.</exception>
    /// <exception cref="IOException">The transport failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        var reader = PipeReader.Create(_transport, new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true));
        try
        {
            while (await ReadFrameAsync(reader, linked.Token))
            {
            }
        }
        finally
        {
            await reader.CompleteAsync();
            EndAll();
        }
    }

    /// <summary>Opens a stream and waits until the peer has accepted it.</summary>
    /// <exception cref="IOException">The peer refused it, or the connection ended.</exception>
    public async Task<SpdyStream> OpenStreamAsync(IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        SpdyStream stream;
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // The id is taken while sending is held, so that ids go out in ascending order.
            ThrowIfUnusable();
            stream = new SpdyStream(this, _nextStreamId, headers);
            _nextStreamId += 2;
            _streams[stream.Id] = stream;
            await _transport.WriteAsync(_codec.Encode(new SynStreamFrame(stream.Id, 0, false, false, headers)), _ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            throw Ended();
        }
        finally
        {
            _sending.Release();
        }

        await stream.Replied.WaitAsync(cancellationToken);
        return stream;
    }

    /// <summary>The next stream that the peer opened, already accepted; null when the connection has ended.</summary>
    public async ValueTask<SpdyStream?> AcceptStreamAsync(CancellationToken cancellationToken) =>
        await _accepted.Reader.WaitToReadAsync(cancellationToken) && _accepted.Reader.TryRead(out var stream) ? stream : null;

    public async ValueTask DisposeAsync()
    {
        EndAll();
        await _transport.DisposeAsync();
        _codec.Dispose();
    }

    internal void Forget(uint streamId) => _streams.TryRemove(streamId, out _);

    internal async ValueTask SendAsync(SpdyControlFrame frame, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            _ended.Token.ThrowIfCancellationRequested();
            await _transport.WriteAsync(_codec.Encode(frame), _ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            throw Ended();
        }
        finally
        {
            _sending.Release();
        }
    }

    internal async ValueTask SendDataAsync(uint streamId, ReadOnlyMemory<byte> data, bool fin, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SpdyFrameHeader.Size + data.Length);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            SpdyFrameHeader.Data(streamId, data.Length, fin).Write(buffer);
            data.CopyTo(buffer.AsMemory(SpdyFrameHeader.Size));

            // Only the connection's end may interrupt a frame: half of one would make the rest unreadable.
            await _transport.WriteAsync(buffer.AsMemory(0, SpdyFrameHeader.Size + data.Length), _ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            throw Ended();
        }
        finally
        {
            _sending.Release();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IOException Ended() => new("the SPDY connection has ended");

    private void ThrowIfUnusable()
    {
        if (_ended.IsCancellationRequested || _goneAway)
        {
            throw Ended();
        }
    }

    private async ValueTask<bool> ReadFrameAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAtLeastAsync(SpdyFrameHeader.Size, cancellationToken);
        if (read.Buffer.Length < SpdyFrameHeader.Size)
        {
            return read.Buffer.IsEmpty ? false : throw new SpdyProtocolException("the connection ends inside a frame header");
        }

        var header = ParseHeader(read.Buffer);
        reader.AdvanceTo(read.Buffer.GetPosition(SpdyFrameHeader.Size));
        if (!header.IsControl)
        {
            await ReadDataAsync(reader, header, cancellationToken);
            return true;
        }

        await HandleAsync(await ReadControlAsync(reader, header, cancellationToken), cancellationToken);
        return true;
    }

    private static SpdyFrameHeader ParseHeader(ReadOnlySequence<byte> buffer)
    {
        Span<byte> bytes = stackalloc byte[SpdyFrameHeader.Size];
        buffer.Slice(0, SpdyFrameHeader.Size).CopyTo(bytes);
        return SpdyFrameHeader.Parse(bytes);
    }

    private async ValueTask ReadDataAsync(PipeReader reader, SpdyFrameHeader header, CancellationToken cancellationToken)
    {
        if (header.StreamId == 0)
        {
            throw new SpdyProtocolException("a data frame names stream 0");
        }

        _streams.TryGetValue(header.StreamId, out var stream);
        long remaining = header.Length;
        while (remaining > 0)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.IsEmpty)
            {
                throw new SpdyProtocolException("the connection ends inside a data frame");
            }

            var piece = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, remaining));
            if (stream is not null)
            {
                await stream.OnDataAsync(piece, cancellationToken);
            }

            remaining -= piece.Length;
            reader.AdvanceTo(piece.End);
        }

        if (header.Fin)
        {
            stream?.OnFin();
        }
    }

    private async ValueTask<SpdyControlFrame> ReadControlAsync(PipeReader reader, SpdyFrameHeader header, CancellationToken cancellationToken)
    {
        if (header.Length > SpdyLimits.ControlFrameBytes)
        {
            throw new SpdyProtocolException($"a control frame of {header.Length} bytes is over the limit of {SpdyLimits.ControlFrameBytes}");
        }

        if (header.Length == 0)
        {
            return _codec.Decode(header, []);
        }

        var read = await reader.ReadAtLeastAsync(header.Length, cancellationToken);
        if (read.Buffer.Length < header.Length)
        {
            throw new SpdyProtocolException("the connection ends inside a control frame");
        }

        var payload = read.Buffer.Slice(0, header.Length);
        var frame = _codec.Decode(header, payload.ToArray());
        reader.AdvanceTo(payload.End);
        return frame;
    }

    private async ValueTask HandleAsync(SpdyControlFrame frame, CancellationToken cancellationToken)
    {
        switch (frame)
        {
            case SynStreamFrame syn:
                await AcceptAsync(syn, cancellationToken);
                break;
            case SynReplyFrame reply when _streams.TryGetValue(reply.StreamId, out var stream):
                stream.OnReply();
                FinishWhen(reply.Fin, stream);
                break;
            case HeadersFrame headers when _streams.TryGetValue(headers.StreamId, out var stream):
                FinishWhen(headers.Fin, stream);
                break;
            case RstStreamFrame reset when _streams.TryRemove(reset.StreamId, out var stream):
                stream.OnReset($"the peer reset stream {reset.StreamId}: {reset.Status}");
                break;
            case PingFrame ping when IsPeers(ping.Id):
                await SendAsync(ping, cancellationToken);
                break;
            case GoAwayFrame:
                _goneAway = true;
                break;
            default:
                break; // settings, window updates, unknown types, and frames for streams that have ended
        }
    }

    private static void FinishWhen(bool fin, SpdyStream stream)
    {
        if (fin)
        {
            stream.OnFin();
        }
    }

    // Clients use odd numbers for streams and pings, servers even ones.
    private bool IsPeers(uint id) => (id % 2 == 1) == _isServer;

    private async ValueTask AcceptAsync(SynStreamFrame syn, CancellationToken cancellationToken)
    {
        if (!IsPeers(syn.StreamId) || syn.StreamId <= _lastPeerStreamId)
        {
            throw new SpdyProtocolException($"the peer opened stream {syn.StreamId} after {_lastPeerStreamId}");
        }

        _lastPeerStreamId = syn.StreamId;
        var stream = new SpdyStream(this, syn.StreamId, syn.Headers);
        if (_streams.Count >= SpdyLimits.OpenStreams || !_streams.TryAdd(stream.Id, stream) || !_accepted.Writer.TryWrite(stream))
        {
            _streams.TryRemove(stream.Id, out _);
            await SendAsync(new RstStreamFrame(syn.StreamId, SpdyResetStatus.RefusedStream), cancellationToken);
            return;
        }

        await SendAsync(new SynReplyFrame(stream.Id, false, SpdyHeaderBlock.Empty), cancellationToken);
        FinishWhen(syn.Fin, stream);
        if (syn.Unidirectional)
        {
            stream.MarkOutgoingEnded();
        }
    }

    private void EndAll()
    {
        _ended.Cancel();
        _accepted.Writer.TryComplete();
        foreach (var (_, stream) in _streams)
        {
            stream.OnReset("the SPDY connection has ended");
        }

        _streams.Clear();
    }
}
