namespace Minke.Api;

/// <summary>The routines that generated code calls, one per way in which a field can be declared.</summary>
internal sealed partial class JsonSink
{
    /// <summary>A Go value: left out when zero.</summary>
    public void Value<T, TCodec>(ReadOnlySpan<byte> name, T value) where TCodec : ICodec<T>
    {
        if (!TCodec.IsZero(value))
        {
            Required<T, TCodec>(name, value);
        }
    }

    /// <summary>Always written.</summary>
    public void Required<T, TCodec>(ReadOnlySpan<byte> name, T value) where TCodec : ICodec<T>
    {
        Name(name);
        TCodec.WriteJson(this, value);
    }

    /// <summary>A Go pointer: left out when null.</summary>
    public void Optional<T, TCodec>(ReadOnlySpan<byte> name, T? value) where T : class where TCodec : ICodec<T>
    {
        if (value is not null)
        {
            Required<T, TCodec>(name, value);
        }
    }

    public void Optional<T, TCodec>(ReadOnlySpan<byte> name, T? value) where T : struct where TCodec : ICodec<T>
    {
        if (value is { } present)
        {
            Required<T, TCodec>(name, present);
        }
    }

    /// <summary>A time without omitempty: null when absent.</summary>
    public void OrNull<T, TCodec>(ReadOnlySpan<byte> name, T? value) where T : struct where TCodec : ICodec<T>
    {
        Name(name);
        if (value is { } present)
        {
            TCodec.WriteJson(this, present);
        }
        else
        {
            Raw("null"u8);
        }
    }

    public void List<T, TCodec>(ReadOnlySpan<byte> name, ApiList<T>? list, bool always) where TCodec : ICodec<T>
    {
        if (list is null or { Count: 0 } && !always)
        {
            return;
        }

        Name(name);
        Byte((byte)'[');
        var first = true;
        foreach (var item in list is null ? default : list.AsSpan())
        {
            if (!first)
            {
                Byte((byte)',');
            }

            first = false;
            TCodec.WriteJson(this, item);
        }

        Byte((byte)']');
    }

    public void Map<T, TCodec>(ReadOnlySpan<byte> name, ApiMap<T>? map, bool always) where TCodec : ICodec<T>
    {
        if (map is null or { Count: 0 } && !always)
        {
            return;
        }

        Name(name);
        Byte((byte)'{');
        foreach (var (key, value) in map is null ? default : map.AsSpan())
        {
            Separate();
            String(key);
            Byte((byte)':');
            TCodec.WriteJson(this, value);
        }

        Byte((byte)'}');
    }
}
