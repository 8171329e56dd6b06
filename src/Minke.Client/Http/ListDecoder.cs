using System.Text.Json;
using Minke.Api;
using Minke.Api.Meta;

namespace Minke.Client.Http;

/// <summary>Reads the JSON of a list: its metadata, and its items one by one.</summary>
internal static class ListDecoder
{
    /// <exception cref="InvalidDataException">The bytes are not a list.</exception>
    public static ObjectList<T> Decode<T>(ReadOnlySpan<byte> utf8)
        where T : ApiObject, new()
    {
        try
        {
            return DecodeList<T>(utf8);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"the server's list is not JSON: {exception.Message}", exception);
        }
    }

    private static ObjectList<T> DecodeList<T>(ReadOnlySpan<byte> utf8)
        where T : ApiObject, new()
    {
        List<T> items = [];
        var metadata = new ListMeta();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiLimits.MaxDepth });
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isItems = reader.ValueTextEquals("items"u8);
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            Expect(reader.Read());
            if (isMetadata)
            {
                metadata = ApiJson.Decode<ListMeta>(Slice(utf8, ref reader));
            }
            else if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add((T)ApiJson.Decode(Kinds.Of<T>(), Slice(utf8, ref reader)).Frozen());
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return new ObjectList<T>(items, metadata.ResourceVersion, metadata.Continue);
    }

    /// <summary>The bytes of the value that the reader stands at; moves the reader to its end.</summary>
    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8[start..(int)reader.BytesConsumed];
    }

    private static void Expect(bool condition)
    {
        if (!condition)
        {
            throw new InvalidDataException("the server's answer is not a list");
        }
    }
}
