using System.Buffers;
using System.Buffers.Binary;
using Minke.Api;
using Minke.Api.Meta;
using Minke.ApiServer.Cache;
using Minke.ApiServer.Resources;
using Minke.Client;

namespace Minke.ApiServer.Http;

/// <summary>Writes the events of one watch in the form that its client chose.</summary>
internal abstract class WatchEncoder
{
    public abstract string ContentType { get; }

    public abstract void Write(IBufferWriter<byte> body, CacheEvent item);

    public abstract void WriteError(IBufferWriter<byte> body, Status status);

    /// <exception cref="ApiException">The server has none of the forms that the client accepts (406).</exception>
    public static WatchEncoder For(ApiRequest request, TimeProvider time)
    {
        var type = request.ResponseType;
        return type switch
        {
            { Format: WireFormat.Protobuf } => new ProtobufWatchEncoder(request.View),
            { Shape: ResponseShape.Table } => new TableWatchEncoder(
                request.View, new TableWriter(request.View, type.MetaVersion, TableWriter.CheckIncludeObject(request.Query.IncludeObject)), time),
            { Shape: ResponseShape.PartialMetadata } => new MetadataWatchEncoder(request.View, type.MetaVersion),
            _ => new JsonWatchEncoder(request.View),
        };
    }

    protected static string NameOf(WatchEventType type) => type switch
    {
        WatchEventType.Added => "ADDED",
        WatchEventType.Modified => "MODIFIED",
        WatchEventType.Deleted => "DELETED",
        _ => "BOOKMARK",
    };
}

/// <summary>Events as lines of JSON; the objects are copied, not encoded.</summary>
internal class JsonWatchEncoder(KindView view) : WatchEncoder
{
    public override string ContentType => ResponseType.Json;

    protected KindView View => view;

    public override void Write(IBufferWriter<byte> body, CacheEvent item) => WriteLine(body, item.Type, ObjectOf(item).Span);

    public override void WriteError(IBufferWriter<byte> body, Status status)
    {
        body.Write("{\"type\":\"ERROR\",\"object\":"u8);
        body.Write(ApiJson.Encode(status));
        body.Write("}\n"u8);
    }

    protected virtual ReadOnlyMemory<byte> ObjectOf(CacheEvent item) => view.JsonOf(item.Object);

    private static void WriteLine(IBufferWriter<byte> body, WatchEventType type, ReadOnlySpan<byte> json)
    {
        body.Write(type switch
        {
            WatchEventType.Added => "{\"type\":\"ADDED\",\"object\":"u8,
            WatchEventType.Modified => "{\"type\":\"MODIFIED\",\"object\":"u8,
            WatchEventType.Deleted => "{\"type\":\"DELETED\",\"object\":"u8,
            _ => "{\"type\":\"BOOKMARK\",\"object\":"u8,
        });
        body.Write(json);
        body.Write("}\n"u8);
    }
}

/// <summary>Events whose objects are reduced to their metadata.</summary>
internal sealed class MetadataWatchEncoder(KindView view, string metaVersion) : JsonWatchEncoder(view)
{
    protected override ReadOnlyMemory<byte> ObjectOf(CacheEvent item) =>
        JsonBuffer.Write(json => MetadataOnly.Write(json, item.Object.Object, metaVersion));
}

/// <summary>Events whose objects are tables of one row; only the first names the columns.</summary>
internal sealed class TableWatchEncoder(KindView view, TableWriter table, TimeProvider time) : JsonWatchEncoder(view)
{
    private bool _columnsSent;

    protected override ReadOnlyMemory<byte> ObjectOf(CacheEvent item) => JsonBuffer.Write(json =>
    {
        table.Write(json, new ListHeader(item.Object.Revision, "", null), [item.Object.Object], time.GetUtcNow(), !_columnsSent);
        _columnsSent = true;
    });
}

/// <summary>
/// Events as protobuf frames: four bytes of length (big-endian), then a WatchEvent message whose object is in the <c>k8s\0</c> envelope.
/// </summary>
internal sealed class ProtobufWatchEncoder(KindView view) : WatchEncoder
{
    private const byte TypeTag = (1 << 3) | 2;
    private const byte ObjectTag = (2 << 3) | 2;
    private const byte RawTag = (1 << 3) | 2;
    private const int MaxVarint = 5;

    public override string ContentType => ResponseType.Protobuf + ";stream=watch";

    public override void Write(IBufferWriter<byte> body, CacheEvent item) =>
        WriteFrame(body, NameOf(item.Type), ApiProto.Encode(view.Serve(item.Object.Object)));

    public override void WriteError(IBufferWriter<byte> body, Status status) => WriteFrame(body, "ERROR", ApiProto.Encode(status));

    // WatchEvent { 1: type, 2: RawExtension { 1: raw } }
    private static void WriteFrame(IBufferWriter<byte> body, string type, byte[] raw)
    {
        Span<byte> head = stackalloc byte[64];
        var length = sizeof(int);
        head[length++] = TypeTag;
        head[length++] = (byte)type.Length;
        length += System.Text.Encoding.ASCII.GetBytes(type, head[length..]);
        Span<byte> rawHead = stackalloc byte[1 + MaxVarint];
        rawHead[0] = RawTag;
        var rawHeadLength = 1 + WriteVarint(rawHead[1..], raw.Length);
        head[length++] = ObjectTag;
        length += WriteVarint(head[length..], rawHeadLength + raw.Length);
        rawHead[..rawHeadLength].CopyTo(head[length..]);
        length += rawHeadLength;
        BinaryPrimitives.WriteInt32BigEndian(head, length - sizeof(int) + raw.Length);
        body.Write(head[..length]);
        body.Write(raw);
    }

    private static int WriteVarint(Span<byte> target, int value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[length++] = (byte)(value | 0x80);
        }

        target[length++] = (byte)value;
        return length;
    }
}
