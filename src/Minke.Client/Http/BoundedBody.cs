using System.Buffers;

namespace Minke.Client.Http;

/// <summary>Reads the whole body of an answer, up to a limit.</summary>
internal static class BoundedBody
{
    /// <exception cref="InvalidDataException">The body is larger than the limit.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int bytesMax, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(content.Headers.ContentLength ?? 4096, 256, 1024 * 1024));
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > bytesMax)
            {
                throw new InvalidDataException($"the server's answer is larger than {bytesMax} bytes");
            }
        }
    }
}
