using System.Buffers;

namespace Minke.Node.Logs;

/// <summary>Turns lines of a log file into what the client sees: selected by time and stream, joined, stamped and cut off.</summary>
internal sealed class LogFormatter(LogQuery query)
{
    private long _left = query.LimitBytes ?? long.MaxValue;
    private bool _reachedSince = query.Since is null;
    private bool _stdoutOpen; // the last entry of the stream was partial
    private bool _stderrOpen;

    /// <summary>Nothing more will be written.</summary>
    public bool IsDone => _left <= 0;

    /// <param name="line">Without its line end. One that is not in the CRI format is left out.</param>
    public void Write(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        if (IsDone || !CriLogLine.TryParse(line, out var entry) || !IsWanted(entry))
        {
            return;
        }

        ref var open = ref entry.IsStderr ? ref _stderrOpen : ref _stdoutOpen;
        if (query.Timestamps && !open)
        {
            Span<byte> stamp = stackalloc byte[CriLogLine.MaxTimestampBytes];
            var length = entry.FormatTimestamp(stamp);
            stamp[length] = (byte)' ';
            Put(stamp[..(length + 1)], output);
        }

        Put(entry.Content, output);
        if (!entry.IsPartial)
        {
            Put("\n"u8, output);
        }

        open = entry.IsPartial;
    }

    private bool IsWanted(in CriLogLine entry)
    {
        if (!(entry.IsStderr ? query.Stderr : query.Stdout))
        {
            return false;
        }

        // Lines are in the order of time, so that one comparison that holds is enough.
        _reachedSince = _reachedSince || (entry.TryGetTime(out var time) && time >= query.Since);
        return _reachedSince;
    }

    private void Put(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var count = (int)Math.Min(bytes.Length, _left);
        output.Write(bytes[..count]);
        _left -= count;
    }
}
