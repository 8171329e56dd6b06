using Microsoft.Win32.SafeHandles;

namespace Minke.Node.Logs;

/// <summary>Reads a file that may still grow, line by line, through one buffer. A line that is longer than the limit is left out.</summary>
/// <param name="end">Nothing at or behind this offset is read, also when the file has grown.</param>
internal sealed class LogScanner(SafeFileHandle file, long offset, long end)
{
    private const int BlockBytes = 64 * 1024;
    private const int MaxLineBytes = 1024 * 1024;

    private byte[] _buffer = new byte[BlockBytes];
    private int _start;
    private int _end;
    private int _searched; // no line end before this
    private long _offset = offset; // of the next block in the file
    private bool _skipping; // inside a line that is too long

    /// <summary>Reads what comes next; false at the present end of the file.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var wanted = (int)Math.Min(_buffer.Length - _end, end - _offset);
        if (wanted <= 0)
        {
            return false;
        }

        var count = await RandomAccess.ReadAsync(file, _buffer.AsMemory(_end, wanted), _offset, cancellationToken);
        _offset += count;
        _end += count;
        return count > 0;
    }

    /// <summary>Takes the next whole line out of what was read, without its end; valid until the next <see cref="FillAsync"/>.</summary>
    public bool TryTakeLine(out ReadOnlyMemory<byte> line)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (at < 0)
            {
                _searched = _end;
                line = default;
                return false;
            }

            line = _buffer.AsMemory(_start, _searched + at - _start);
            _start = _searched = _searched + at + 1;
            if (!_skipping)
            {
                return true;
            }

            _skipping = false;
        }
    }

    /// <summary>What follows the last line end: a line that is not complete, perhaps empty.</summary>
    public ReadOnlyMemory<byte> Rest => _skipping ? default : _buffer.AsMemory(_start, _end - _start);

    private void MakeRoom()
    {
        if (_end - _start >= MaxLineBytes)
        {
            _skipping = true;
            _start = _searched = _end;
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _searched -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxLineBytes + BlockBytes));
        }
    }
}
