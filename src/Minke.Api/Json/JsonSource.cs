using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Minke.Api;

/// <summary>Reads JSON values and reports what does not fit with the path of the field. Generated code drives it.</summary>
internal ref partial struct JsonSource
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly JsonDecoding _decoding;
    private Utf8JsonReader _reader;

    public JsonSource(ReadOnlySpan<byte> utf8, JsonDecoding decoding)
    {
        _utf8 = utf8;
        _decoding = decoding;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiLimits.MaxDepth });
    }

    public readonly JsonTokenType TokenType => _reader.TokenType;

    /// <summary>Moves to the next token.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public bool Read() => _reader.Read();

    public string ReadString(string expected = "string")
    {
        if (TokenType != JsonTokenType.String)
        {
            throw WrongType(expected);
        }

        return CurrentText();
    }

    public readonly string ReadNumberText() => Encoding.UTF8.GetString(_reader.ValueSpan);

    public readonly bool ReadBoolean() => TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw WrongType("boolean"),
    };

    public readonly int ReadInt32() => TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var value) ? value : throw WrongType("32-bit integer");

    public readonly long ReadInt64() => TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var value) ? value : throw WrongType("64-bit integer");

    public readonly double ReadDouble() => TokenType == JsonTokenType.Number && _reader.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw WrongType("number");

    public DateTimeOffset ReadTime()
    {
        var text = ReadString("time");
        return Rfc3339.TryParse(text, out var value) ? value : throw Malformed($"\"{text}\" is not an RFC 3339 time such as 2026-01-31T12:00:00Z");
    }

    /// <summary>Line breaks inside the base64 text are skipped, as Go does.</summary>
    public byte[] ReadBase64()
    {
        var text = ReadString("base64 string");
        var bytes = new byte[text.Length];
        var valid = Convert.TryFromBase64String(text, bytes, out var written) && !text.AsSpan().ContainsAny(' ', '\t');
        return valid ? bytes[..written] : throw Malformed("the value is not valid base64");
    }

    /// <summary>The current value, whatever it is, without white space.</summary>
    public byte[] ReadRawValue()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return JsonText.Compact(_utf8[start..(int)_reader.BytesConsumed]) ?? throw Malformed("the value is not valid JSON");
    }

    /// <summary>A 400 about the value at the current place.</summary>
    public readonly ApiException Malformed(string why) => ApiErrors.BadRequest($"json: cannot read field \"{_decoding.Path}\": {why}");

    private readonly ApiException WrongType(string expected)
    {
        var found = TokenType switch
        {
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "array",
            JsonTokenType.String => "string",
            JsonTokenType.Number => "number " + ReadNumberText()[..Math.Min(40, _reader.ValueSpan.Length)],
            JsonTokenType.Null => "null",
            _ => "bool",
        };
        return ApiErrors.BadRequest($"json: cannot unmarshal {found} into field \"{_decoding.Path}\" of type {expected}");
    }

    /// <summary>The text of the current string or property name.</summary>
    private readonly string CurrentText()
    {
        if (!_reader.ValueIsEscaped)
        {
            if (RecentStrings.TryGet(_reader.ValueSpan, out var known))
            {
                return known;
            }

            return Utf8.IsValid(_reader.ValueSpan) ? Encoding.UTF8.GetString(_reader.ValueSpan) : throw Malformed("the text is not valid UTF-8");
        }

        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The reader's way to refuse an escape of half a surrogate pair.
            throw Malformed("the text is not valid Unicode");
        }
    }
}
