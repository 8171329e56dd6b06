using System.Buffers.Binary;
using Google.Protobuf;

namespace Minke.Node.Runtime.Grpc;

/// <summary>
/// The length-prefixed messages that a gRPC body is made of: one byte that says whether the message is compressed, four bytes of length
/// (big endian), the message (PROTOCOL-HTTP2 of gRPC). Compression is never negotiated here, so a compressed message is an error.
/// </summary>
internal static class GrpcFrames
{
    private const int PrefixBytes = 5;

    public static byte[] Encode(IMessage message)
    {
        var size = message.CalculateSize();
        var frame = new byte[PrefixBytes + size];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)size);
        message.WriteTo(frame.AsSpan(PrefixBytes));
        return frame;
    }

    /// <summary>The next message, or null at the end of the body.</summary>
    /// <exception cref="GrpcException">A message over <paramref name="sizeMax"/> bytes, a compressed one, or a body cut short.</exception>
    public static async Task<T?> ReadAsync<T>(Stream body, MessageParser<T> parser, int sizeMax, string method, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        var prefix = new byte[PrefixBytes];
        var read = await body.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        if (read < PrefixBytes)
        {
            throw new GrpcException(GrpcStatusCode.Internal, method, "the answer ended inside a message's prefix");
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (prefix[0] != 0)
        {
            throw new GrpcException(GrpcStatusCode.Unimplemented, method, "the answer is compressed, which was not offered");
        }

        if (size > (uint)sizeMax)
        {
            throw new GrpcException(GrpcStatusCode.ResourceExhausted, method, $"a message of {size} bytes is over the limit of {sizeMax}");
        }

        return parser.ParseFrom(await ReadMessageAsync(body, (int)size, method, cancellationToken));
    }

    private static async Task<byte[]> ReadMessageAsync(Stream body, int size, string method, CancellationToken cancellationToken)
    {
        // The length is the peer's word: memory grows with what really arrives, not with what was announced.
        const int Chunk = 64 * 1024;
        var message = new byte[Math.Min(size, Chunk)];
        var filled = 0;
        while (filled < size)
        {
            if (filled == message.Length)
            {
                Array.Resize(ref message, Math.Min(size, message.Length * 2));
            }

            var read = await body.ReadAsync(message.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                throw new GrpcException(GrpcStatusCode.Internal, method, "the answer ended inside a message");
            }

            filled += read;
        }

        return message;
    }
}
