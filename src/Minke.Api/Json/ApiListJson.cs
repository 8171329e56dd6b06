using System.Buffers;
using System.Text.Json;
using Minke.Api.Meta;

namespace Minke.Api;

/// <summary>Lists of API objects to and from JSON. A kind's list is its metadata and its items.</summary>
public static class ApiListJson
{
    private static ReadOnlySpan<byte> ItemsName => ",\"items\":["u8;

    /// <summary>Writes a list around items that are encoded already.</summary>
    public static void Encode(KindInfo kind, ListMeta metadata, IEnumerable<ReadOnlyMemory<byte>> items, IBufferWriter<byte> target)
    {
        using var head = new JsonSink();
        head.Byte((byte)'{');
        head.Required<string, StringCodec>("\"kind\":"u8, kind.ListKind);
        head.Required<string, StringCodec>("\"apiVersion\":"u8, kind.ApiVersion);
        head.Required<ListMeta, ObjectCodec<ListMeta>>("\"metadata\":"u8, metadata);
        head.Raw(ItemsName);
        target.Write(head.Written);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
            {
                target.Write(","u8);
            }

            first = false;
            target.Write(item.Span);
        }

        target.Write("]}"u8);
    }

    /// <summary>Reads a list item by item; unknown fields are dropped. Bounds hold for each item, not for the list, which comes from our own server.</summary>
    /// <exception cref="ApiException">400: the bytes are not a list of such objects.</exception>
    public static (ListMeta Metadata, List<T> Items) Decode<T>(ReadOnlySpan<byte> utf8) where T : ApiObject, new()
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiLimits.MaxDepth });
        try
        {
            return ReadList<T>(ref reader, utf8);
        }
        catch (JsonException exception)
        {
            throw ApiErrors.BadRequest("json: " + exception.Message, exception);
        }
    }

    private static (ListMeta Metadata, List<T> Items) ReadList<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8) where T : ApiObject, new()
    {
        var metadata = new ListMeta();
        var items = new List<T>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw ApiErrors.BadRequest("json: the list is not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isMetadata, isItems) = (reader.ValueTextEquals("metadata"u8), reader.ValueTextEquals("items"u8));
            reader.Read();
            if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(ref reader, utf8, items);
            }
            else if (isMetadata)
            {
                metadata = ApiJson.Decode<ListMeta>(TakeValue(ref reader, utf8));
            }
            else
            {
                reader.Skip();
            }
        }

        return (metadata, items);
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, List<T> items) where T : ApiObject, new()
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ApiJson.Decode<T>(TakeValue(ref reader, utf8)));
        }
    }

    private static ReadOnlySpan<byte> TakeValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8[start..(int)reader.BytesConsumed];
    }
}
