using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Minke.Api;

/// <summary>
/// Writes JSON the way Go's encoding/json does: no white space, sorted maps, and <c>&lt; &gt; &amp;</c> escaped. Generated code drives it.
/// A comma is due exactly when the last byte does not open a value, so nesting needs no state.
/// </summary>
internal sealed partial class JsonSink(int capacity = 1024) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;
    private bool _skipRevision;

    /// <summary>A sink for bytes to store: the document's own resourceVersion is left out.</summary>
    public static JsonSink ForStore() => new() { _skipRevision = true };

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <param name="name">With quotes and colon.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        Raw(name);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    public void Byte(byte value)
    {
        Reserve(1)[0] = value;
        _length++;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        _length += written;
    }

    public void Number(double value) => Raw(Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>An instant in UTC with whole seconds.</summary>
    public void Time(DateTimeOffset value)
    {
        var target = Reserve(22);
        target[0] = (byte)'"';
        value.UtcDateTime.TryFormat(target[1..], out _, "s", CultureInfo.InvariantCulture);
        "Z\""u8.CopyTo(target[20..]);
        _length += 22;
    }

    /// <summary>A string that is known to need no escaping.</summary>
    public void Ascii(string value)
    {
        var target = Reserve(value.Length + 2);
        target[0] = (byte)'"';
        Encoding.ASCII.GetBytes(value, target[1..]);
        target[value.Length + 1] = (byte)'"';
        _length += value.Length + 2;
    }

    public void Base64(ReadOnlySpan<byte> value)
    {
        var target = Reserve(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(value.Length) + 2);
        target[0] = (byte)'"';
        var status = System.Buffers.Text.Base64.EncodeToUtf8(value, target[1..], out _, out var written);
        Debug.Assert(status == OperationStatus.Done, "The reserved space fits the whole encoding.");
        target[written + 1] = (byte)'"';
        _length += written + 2;
    }

    public void String(string value)
    {
        Byte((byte)'"');
        JsonText.Escape(value, this);
        Byte((byte)'"');
    }

    public void Object(ApiType value)
    {
        Byte((byte)'{');
        value.WriteJsonFields(this);
        Byte((byte)'}');
    }

    /// <summary>Space for at least <paramref name="size"/> bytes after what is written.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_buffer.Length - _length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(_length + size)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }

    public void Advance(int count) => _length += count;

    /// <summary>Gives the buffer back; what was written must have been copied.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    /// <summary>Asked at every field that follows from the store's revision; true only for the first, which is that of the document itself.</summary>
    public bool SkipsRevision()
    {
        var skips = _skipRevision;
        _skipRevision = false;
        return skips;
    }

    private void Separate()
    {
        if (_length > 0 && _buffer[_length - 1] is not ((byte)'{' or (byte)'['))
        {
            Byte((byte)',');
        }
    }
}
