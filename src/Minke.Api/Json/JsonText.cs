using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Minke.Api;

/// <summary>JSON at the level of text: escaping and white space.</summary>
internal static class JsonText
{
    // What most strings consist of: one byte per character, and nothing to escape.
    private static readonly SearchValues<char> Simple = SearchValues.Create(
        string.Concat(Enumerable.Range(0x20, 0x60).Select(c => (char)c).Except("\"\\<>&")));

    // Go's encoder escapes what could break out of HTML or JavaScript, and the two line separators that JavaScript does not allow in strings.
    private static readonly SearchValues<char> NeedEscape = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c)) + "\"\\<>&\u2028\u2029");

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    /// <summary>Writes the contents of a JSON string. Unpaired surrogates become U+FFFD.</summary>
    public static void Escape(ReadOnlySpan<char> text, JsonSink sink)
    {
        if (!text.ContainsAnyExcept(Simple))
        {
            Encoding.ASCII.GetBytes(text, sink.Reserve(text.Length));
            sink.Advance(text.Length);
            return;
        }

        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(NeedEscape);
            var run = plain < 0 ? text : text[..plain];
            sink.Advance(Encoding.UTF8.GetBytes(run, sink.Reserve(Encoding.UTF8.GetMaxByteCount(run.Length))));
            if (plain < 0)
            {
                return;
            }

            EscapeOne(text[plain], sink);
            text = text[(plain + 1)..];
        }
    }

    /// <summary>The value without insignificant white space; null when the bytes are not exactly one JSON value.</summary>
    public static byte[]? Compact(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiLimits.MaxDepth });
        try
        {
            using var sink = new JsonSink(utf8.Length);
            Copy(ref reader, utf8, sink);
            return sink.Written.ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Copy(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, JsonSink sink)
    {
        var afterName = false;
        while (reader.Read())
        {
            var token = utf8[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    sink.Name(token[..(token.LastIndexOf((byte)'"') + 1)]);
                    sink.Byte((byte)':');
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    sink.Raw(token);
                    break;
                default:
                    if (afterName)
                    {
                        sink.Raw(token);
                    }
                    else
                    {
                        sink.Name(token);
                    }

                    break;
            }

            afterName = reader.TokenType == JsonTokenType.PropertyName;
        }
    }

    private static void EscapeOne(char character, JsonSink sink)
    {
        var shorthand = character switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        sink.Byte((byte)'\\');
        if (shorthand != '\0')
        {
            sink.Byte((byte)shorthand);
            return;
        }

        sink.Byte((byte)'u');
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            sink.Byte(HexDigits[(character >> shift) & 0xF]);
        }
    }
}
