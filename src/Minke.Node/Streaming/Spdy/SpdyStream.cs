using System.Buffers;
using System.IO.Pipelines;

namespace Minke.Node.Streaming.Spdy;

/// <summary>
/// One stream of a <see cref="SpdyConnection"/>: two independent directions, each ended by a FIN. One reader and one writer at a time. A reset or the
/// end of the connection ends the incoming direction as a FIN does (whoever needs to know whether a transfer was complete learns it from the
/// protocol above); writing after it throws <see cref="IOException"/>.
/// </summary>
internal sealed class SpdyStream
{
    private readonly SpdyConnection _connection;
    private readonly Pipe _incoming = new(new PipeOptions(
        pauseWriterThreshold: SpdyLimits.StreamBufferBytes,
        resumeWriterThreshold: SpdyLimits.StreamBufferBytes / 2,
        useSynchronizationContext: false));
    private readonly TaskCompletionSource _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new(); // guards the flags below
    private bool _incomingEnded;
    private bool _outgoingEnded;

    internal SpdyStream(SpdyConnection connection, uint id, IReadOnlyDictionary<string, string> headers)
    {
        _connection = connection;
        Id = id;
        Headers = headers;
    }

    public uint Id { get; }

    /// <summary>The headers that the stream was opened with; names are in lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    internal Task Replied => _reply.Task;

    /// <summary>Reads what has arrived, waiting for at least one byte. 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await _incoming.Reader.ReadAsync(cancellationToken);
        var available = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, buffer.Length));
        available.CopyTo(buffer.Span);
        var count = (int)available.Length; // the buffer may be reused once it is advanced past
        _incoming.Reader.AdvanceTo(available.End);
        return count;
    }

    /// <summary>Sends data; it is split into frames of bounded size.</summary>
    /// <exception cref="IOException">The stream's outgoing direction or the connection has ended.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (!data.IsEmpty)
        {
            var piece = data[..Math.Min(data.Length, SpdyLimits.OutgoingDataBytes)];
            ThrowIfOutgoingEnded();
            await _connection.SendDataAsync(Id, piece, fin: false, cancellationToken);
            data = data[piece.Length..];
        }
    }

    /// <summary>Ends the outgoing direction; the incoming one goes on. Does nothing when it has ended already.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (EndOutgoing())
        {
            await _connection.SendDataAsync(Id, ReadOnlyMemory<byte>.Empty, fin: true, cancellationToken);
        }
    }

    /// <summary>Abandons both directions and tells the peer so.</summary>
    public async ValueTask ResetAsync(SpdyResetStatus status, CancellationToken cancellationToken)
    {
        EndOutgoing();
        EndIncoming();
        await _connection.SendAsync(new RstStreamFrame(Id, status), cancellationToken);
    }

    internal void OnReply() => _reply.TrySetResult();

    internal async ValueTask OnDataAsync(ReadOnlySequence<byte> data, CancellationToken cancellationToken)
    {
        if (IsIncomingEnded())
        {
            return;
        }

        foreach (var segment in data)
        {
            await _incoming.Writer.WriteAsync(segment, cancellationToken);
        }
    }

    internal void OnFin() => EndIncoming();

    internal void OnReset(string reason)
    {
        _reply.TrySetException(new IOException(reason));
        _ = _reply.Task.Exception; // a stream that nobody waits for may be reset without being an unobserved failure
        lock (_lock)
        {
            _outgoingEnded = true;
        }

        EndIncoming();
    }

    internal bool MarkOutgoingEnded() => EndOutgoing();

    private bool IsIncomingEnded()
    {
        lock (_lock)
        {
            return _incomingEnded;
        }
    }

    private void EndIncoming()
    {
        bool bothEnded;
        lock (_lock)
        {
            if (_incomingEnded)
            {
                return;
            }

            _incomingEnded = true;
            bothEnded = _outgoingEnded;
        }

        _incoming.Writer.Complete();
        ForgetWhen(bothEnded);
    }

    private bool EndOutgoing()
    {
        bool bothEnded;
        lock (_lock)
        {
            if (_outgoingEnded)
            {
                return false;
            }

            _outgoingEnded = true;
            bothEnded = _incomingEnded;
        }

        ForgetWhen(bothEnded);
        return true;
    }

    private void ForgetWhen(bool bothEnded)
    {
        if (bothEnded)
        {
            _connection.Forget(Id);
        }
    }

    private void ThrowIfOutgoingEnded()
    {
        lock (_lock)
        {
            if (_outgoingEnded)
            {
                throw new IOException($"stream {Id} is closed for writing");
            }
        }
    }
}
