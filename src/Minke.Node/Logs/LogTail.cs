using Microsoft.Win32.SafeHandles;

namespace Minke.Node.Logs;

/// <summary>Finds where the last lines of a log begin by reading it backwards, so that the cost is that of the lines wanted.</summary>
internal static class LogTail
{
    private const int BlockBytes = 64 * 1024;

    // Enough of a line's head to know its tag: "2006-01-02T15:04:05.999999999+00:00 stdout F ".
    private const int HeadBytes = 64;

    /// <summary>The offset of the first entry of the last <paramref name="lines"/> lines. Partial entries belong to the line that they begin.</summary>
    /// <param name="length">How much of the file counts.</param>
    public static async ValueTask<long> FindStartAsync(SafeFileHandle file, long length, long lines, CancellationToken cancellationToken)
    {
        if (lines == 0)
        {
            return length;
        }

        var buffer = new byte[BlockBytes + HeadBytes];
        var counter = new Counter(lines, length);
        for (var end = length; end > 0;)
        {
            var start = Math.Max(0, end - BlockBytes);
            var wanted = (int)Math.Min(buffer.Length, length - start); // with the head of a line that begins at the block's end
            var count = await ReadAsync(file, buffer.AsMemory(0, wanted), start, cancellationToken);
            if (counter.TakeBlock(buffer.AsSpan(0, count), (int)(end - start), start) is { } found)
            {
                return found;
            }

            end = start;
        }

        return 0;
    }

    private static async ValueTask<int> ReadAsync(SafeFileHandle file, Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var count = await RandomAccess.ReadAsync(file, buffer[filled..], offset + filled, cancellationToken);
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }

    /// <summary>Counts lines from the end. An entry begins after a line end, or at 0.</summary>
    private struct Counter(long lines, long length)
    {
        private long _left = lines;
        private long _lineStart; // the earliest entry seen of the line that is being passed
        private bool _inLine; // an entry of some line was passed already

        /// <param name="bytes">The block and some bytes behind it.</param>
        /// <param name="blockLength">How many of them are the block.</param>
        /// <param name="offset">The block's place in the file.</param>
        /// <returns>The answer, once known.</returns>
        public long? TakeBlock(ReadOnlySpan<byte> bytes, int blockLength, long offset)
        {
            for (var i = Math.Min(blockLength, bytes.Length) - 1; i >= 0; i--)
            {
                if (bytes[i] == '\n' && offset + i + 1 < length && Pass(bytes[(i + 1)..], offset + i + 1) is { } found)
                {
                    return found;
                }
            }

            return offset == 0 ? Pass(bytes, 0) : null;
        }

        // An entry that ends a line means that the entries passed so far since the last such one are a whole line.
        private long? Pass(ReadOnlySpan<byte> head, long entryStart)
        {
            if (_inLine && !IsPartial(head))
            {
                _left--;
                if (_left == 0)
                {
                    return _lineStart;
                }
            }

            _inLine = true;
            _lineStart = entryStart;
            return null;
        }

        private static bool IsPartial(ReadOnlySpan<byte> head) =>
            CriLogLine.TryParse(head[..Math.Min(head.Length, HeadBytes)], out var entry) && entry.IsPartial;
    }
}
