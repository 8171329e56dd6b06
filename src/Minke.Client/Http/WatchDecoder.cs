using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Minke.Api;
using Minke.Api.Meta;

namespace Minke.Client.Http;

/// <summary>Reads a watch: one JSON object a line, each with a <c>type</c> and an <c>object</c>.</summary>
internal static class WatchDecoder
{
    /// <summary>The largest object and the frame around it.</summary>
    private const int LineBytesMax = ApiLimits.MaxBodyBytes + 1024;

    /// <exception cref="ApiException">The server ended the watch with an error.</exception>
    /// <exception cref="InvalidDataException">A line is too long or is not an event.</exception>
    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var reader = PipeReader.Create(stream);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                var rest = result.Buffer;
                while (TryTakeLine(ref rest, out var line))
                {
                    yield return Decode<T>(line);
                }

                if (rest.Length > LineBytesMax)
                {
                    throw new InvalidDataException($"a line of a watch is longer than {LineBytesMax} bytes");
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                {
                    // What remains is the part of a line whose rest was cut off with the connection; the next watch brings the event again.
                    yield break;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> line)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (line.Length > LineBytesMax)
            {
                throw new InvalidDataException($"a line of a watch is longer than {LineBytesMax} bytes");
            }

            if (line.Length > 0)
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    private static WatchEvent<T> Decode<T>(ReadOnlySequence<byte> line)
        where T : ApiObject, new()
    {
        var utf8 = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        try
        {
            var (type, item) = Split(utf8);
            return type switch
            {
                "ADDED" => Event<T>(WatchEventType.Added, item),
                "MODIFIED" => Event<T>(WatchEventType.Modified, item),
                "DELETED" => Event<T>(WatchEventType.Deleted, item),
                "BOOKMARK" => Event<T>(WatchEventType.Bookmark, item),
                "ERROR" => throw new ApiException(ApiJson.Decode<Status>(item)),
                _ => throw new InvalidDataException($"a watch told of an event of the unknown type '{type}'"),
            };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"a line of a watch is not JSON: {exception.Message}", exception);
        }
    }

    private static WatchEvent<T> Event<T>(WatchEventType type, ReadOnlySpan<byte> item)
        where T : ApiObject, new() => new(type, (T)ApiJson.Decode(Kinds.Of<T>(), item).Frozen());

    private static SplitLine Split(ReadOnlySpan<byte> utf8)
    {
        var result = new SplitLine();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiLimits.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                result.Type = reader.GetString() ?? "";
            }

            reader.Skip();
            if (isObject)
            {
                result.Object = utf8[start..(int)reader.BytesConsumed];
            }
        }

        return result;
    }

    private ref struct SplitLine
    {
        public SplitLine()
        {
        }

        public string Type { get; set; } = "";
        public ReadOnlySpan<byte> Object { get; set; }

        public readonly void Deconstruct(out string type, out ReadOnlySpan<byte> item)
        {
            type = Type;
            item = Object;
        }
    }
}
