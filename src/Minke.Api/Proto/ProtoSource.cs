using System.Text;

namespace Minke.Api;

/// <summary>What one protobuf decoding may still make; shared by all of its nested messages.</summary>
internal sealed class ProtoDecoding
{
    private int _nodes;

    /// <exception cref="ApiException">413: the message holds too many values.</exception>
    public void CountNode()
    {
        if (++_nodes > ApiLimits.MaxNodes)
        {
            throw ApiErrors.TooLarge($"the object has more than {ApiLimits.MaxNodes} list elements and map entries");
        }
    }
}

/// <summary>Reads one protobuf message. Generated code drives it. Every length is checked against what is left; unknown fields are skipped.</summary>
internal ref struct ProtoSource
{
    // A typed message nests only as deep as the types do; this bounds skipped groups and guards against recursive types.
    private readonly int _depth;
    private readonly ProtoDecoding _decoding;
    private ReadOnlySpan<byte> _rest;
    private WireType _wire;

    public ProtoSource(ReadOnlySpan<byte> message, ProtoDecoding decoding, int depth = 0)
    {
        if (depth > ApiLimits.MaxDepth)
        {
            throw Malformed("messages are nested too deeply");
        }

        _rest = message;
        _decoding = decoding;
        _depth = depth;
    }

    public static ApiException Malformed(string why) => ApiErrors.BadRequest("protobuf: " + why);

    /// <summary>Moves to the next field; false at the end of the message.</summary>
    public bool ReadTag(out int number)
    {
        number = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        number = (int)(tag >> 3);
        _wire = (WireType)(tag & 7);
        return tag <= uint.MaxValue && number > 0 ? true : throw Malformed("a field number is out of range");
    }

    public T Read<T, TCodec>() where TCodec : ICodec<T>
    {
        if (_wire != TCodec.Wire)
        {
            throw Malformed($"a field has wire type {(int)_wire} instead of {(int)TCodec.Wire}");
        }

        return TCodec.ReadProto(ref this);
    }

    /// <summary>Reads a value whose zero means absent.</summary>
    public T? ReadOrNull<T, TCodec>() where T : struct where TCodec : ICodec<T>
    {
        var value = Read<T, TCodec>();
        return TCodec.IsZero(value) ? null : value;
    }

    /// <summary>Reads the message at the current field into an existing value; a repeated field merges.</summary>
    public void ReadInto(ApiType target)
    {
        if (_wire != WireType.LengthDelimited)
        {
            throw Malformed("a message field has the wire type of a number");
        }

        var message = ReadMessage();
        message.ReadFields(target);
    }

    /// <summary>Reads all that is left.</summary>
    public void ReadFields(ApiType target)
    {
        _decoding.CountNode();
        while (ReadTag(out var number))
        {
            if (!target.ReadProtoField(number, ref this))
            {
                Skip();
            }
        }
    }

    /// <summary>Reads one element of a repeated field, or a packed run of numbers.</summary>
    public void ReadElement<T, TCodec>(ApiList<T> list) where TCodec : ICodec<T>
    {
        if (_wire == TCodec.Wire)
        {
            _decoding.CountNode();
            list.Add(TCodec.ReadProto(ref this));
            return;
        }

        if (_wire != WireType.LengthDelimited)
        {
            throw Malformed("an element has the wrong wire type");
        }

        var packed = ReadMessage();
        while (!packed._rest.IsEmpty)
        {
            _decoding.CountNode();
            list.Add(TCodec.ReadProto(ref packed));
        }
    }

    public void ReadEntry<T, TCodec>(ApiMap<T> map) where TCodec : ICodec<T>
    {
        if (_wire != WireType.LengthDelimited)
        {
            throw Malformed("a map entry has the wire type of a number");
        }

        _decoding.CountNode();
        var entry = ReadMessage();
        var key = "";
        var value = TCodec.Zero;
        while (entry.ReadTag(out var number))
        {
            switch (number)
            {
                case 1:
                    key = entry.Read<string, StringCodec>();
                    break;
                case 2:
                    value = entry.Read<T, TCodec>();
                    break;
                default:
                    entry.Skip();
                    break;
            }
        }

        map.Append(key, value);
    }

    /// <summary>metav1.Time; an empty message is the zero time.</summary>
    public DateTimeOffset ReadTimestamp()
    {
        var message = ReadMessage();
        long seconds = 0, nanos = 0;
        while (message.ReadTag(out var number))
        {
            switch (number)
            {
                case 1:
                    seconds = message.Read<long, Int64Codec>();
                    break;
                case 2:
                    nanos = message.Read<int, Int32Codec>();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        if (seconds == 0 && nanos == 0)
        {
            return default;
        }

        const long EarliestSecond = -62_135_596_800, LatestSecond = 253_402_300_799;
        return seconds is >= EarliestSecond and <= LatestSecond && nanos is >= 0 and < 1_000_000_000
            ? DateTimeOffset.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanos / 100))
            : throw Malformed("a time is outside the years 1 to 9999");
    }

    public string ReadString()
    {
        var bytes = ReadBytes();
        return RecentStrings.TryGet(bytes, out var known) ? known : Encoding.UTF8.GetString(bytes);
    }

    public ProtoSource ReadMessage() => new(ReadBytes(), _decoding, _depth + 1);

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        return length <= (ulong)_rest.Length ? ReadRaw((int)length) : throw Malformed("a length goes beyond the end");
    }

    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        if (count > _rest.Length)
        {
            throw Malformed("the message ends inside a field");
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Malformed("a number does not end");
    }

    /// <summary>Passes over the current field.</summary>
    public void Skip()
    {
        switch (_wire)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                ReadRaw(8);
                break;
            case WireType.LengthDelimited:
                ReadBytes();
                break;
            case WireType.Fixed32:
                ReadRaw(4);
                break;
            default:
                throw Malformed($"wire type {(int)_wire} is not used by Kubernetes");
        }
    }
}
