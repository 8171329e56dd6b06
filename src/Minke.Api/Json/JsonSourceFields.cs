using System.Text.Json;

namespace Minke.Api;

/// <summary>The routines that generated code calls for objects, lists and maps.</summary>
internal ref partial struct JsonSource
{
    /// <summary>Reads the object that the source stands on, field by field, into <paramref name="target"/>.</summary>
    public void ReadInto(ApiType target)
    {
        if (TokenType != JsonTokenType.StartObject)
        {
            throw WrongType("object");
        }

        _decoding.CountNode();
        UInt128 seen = 0; // one bit per field; the generator refuses types with more than 128
        while (Read() && TokenType == JsonTokenType.PropertyName)
        {
            var index = _reader.ValueIsEscaped ? target.FindField(System.Text.Encoding.UTF8.GetBytes(CurrentText())) : target.FindField(_reader.ValueSpan);
            if (index < 0)
            {
                ReadUndeclared(target);
                continue;
            }

            NoteField(target, index, ref seen);
            Read();
            if (TokenType != JsonTokenType.Null)
            {
                _decoding.Path.PushField(target, index);
                target.ReadJsonField(index, ref this);
                _decoding.Path.Pop();
            }
        }
    }

    public ApiList<T> ReadList<T, TCodec>() where TCodec : ICodec<T>
    {
        if (TokenType != JsonTokenType.StartArray)
        {
            throw WrongType("array");
        }

        var list = new ApiList<T>();
        _decoding.Path.PushIndex();
        while (Read() && TokenType != JsonTokenType.EndArray)
        {
            _decoding.CountNode();
            _decoding.Path.NextIndex();
            list.Add(TokenType == JsonTokenType.Null ? TCodec.Zero : TCodec.ReadJson(ref this));
        }

        _decoding.Path.Pop();
        return list;
    }

    public ApiMap<T> ReadMap<T, TCodec>() where TCodec : ICodec<T>
    {
        if (TokenType != JsonTokenType.StartObject)
        {
            throw WrongType("object");
        }

        var map = new ApiMap<T>();
        while (Read() && TokenType == JsonTokenType.PropertyName)
        {
            _decoding.CountNode();
            var key = CurrentText();
            _decoding.Path.PushName(key);
            Read();
            map.Append(key, TokenType == JsonTokenType.Null ? TCodec.Zero : TCodec.ReadJson(ref this));
            _decoding.Path.Pop();
        }

        foreach (var key in map.IsSorted ? [] : map.SortAppended())
        {
            _decoding.Complain("duplicate", key);
        }

        return map;
    }

    private readonly void NoteField(ApiType target, int index, ref UInt128 seen)
    {
        var bit = UInt128.One << index;
        if ((seen & bit) != 0)
        {
            _decoding.Complain("duplicate", target.Schema.Fields[index].JsonName);
        }

        seen |= bit;
    }

    // A document has two fields that are not declared, because they follow from its type. One inside another, such as the options in an
    // eviction, may have them too.
    private void ReadUndeclared(ApiType target)
    {
        var name = CurrentText();
        Read();
        if (target is ApiRoot && name is "kind" or "apiVersion")
        {
            ReadTypeMeta(name);
            return;
        }

        _decoding.Complain("unknown", name);
        _reader.Skip();
    }

    private void ReadTypeMeta(string name)
    {
        _decoding.Path.PushName(name);
        var value = TokenType == JsonTokenType.Null ? "" : ReadString();
        _decoding.Path.Pop();
        var earlier = name == "kind" ? _decoding.Kind : _decoding.ApiVersion;
        if (!_decoding.Path.IsTop)
        {
            return;
        }

        if (earlier.Length > 0)
        {
            _decoding.Complain("duplicate", name);
        }

        if (name == "kind")
        {
            _decoding.Kind = value;
        }
        else
        {
            _decoding.ApiVersion = value;
        }
    }
}
