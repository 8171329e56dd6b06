using System.Globalization;
using System.Text.Json;
using Minke.Api;
using Minke.Api.Meta;
using Minke.ApiServer.Cache;

namespace Minke.ApiServer.Http;

/// <summary>Answers with one object or a list of objects, in the form that the client chose.</summary>
internal sealed class ObjectResponse(TimeProvider time)
{
    private static readonly ReadOnlyMemory<byte> s_comma = ","u8.ToArray();
    private static readonly ReadOnlyMemory<byte> s_end = "]}\n"u8.ToArray();

    /// <summary>Answers with an object that is in the cache; its JSON goes out as it lies there.</summary>
    public Task WriteAsync(ApiRequest request, CachedObject item) =>
        request.ResponseType is { Format: WireFormat.Json, Shape: ResponseShape.Full }
            ? ResponseBody.WriteAsync(request.Http, 200, ResponseType.Json, request.View.JsonOf(item))
            : WriteAsync(request, request.View.Serve(item.Object), 200);

    public Task WriteAsync(ApiRequest request, ApiObject item, int code)
    {
        var type = request.ResponseType;
        var body = type.Shape switch
        {
            ResponseShape.Table => Table(request, type, new ListHeader(RevisionOf(item), "", null), [request.View.Store(item)]),
            ResponseShape.PartialMetadata => JsonBuffer.Write(json => MetadataOnly.Write(json, item, type.MetaVersion)),
            _ => type.Format == WireFormat.Json ? ApiJson.Encode(item) : ApiProto.Encode(item),
        };
        return ResponseBody.WriteAsync(request.Http, code, type.ContentType, body);
    }

    public Task WriteListAsync(ApiRequest request, CacheList list)
    {
        var type = request.ResponseType;
        var header = new ListHeader(list.Revision, list.Continue, list.Remaining);
        IReadOnlyList<ReadOnlyMemory<byte>> parts = type switch
        {
            { Shape: ResponseShape.Table } => [Table(request, type, header, list.Items.Select(i => i.Object))],
            { Shape: ResponseShape.PartialMetadata } => [MetadataList(request, type, header, list)],
            { Format: WireFormat.Json } => JsonList(request, header, list),
            _ => [ProtobufList(request, header, list)],
        };
        return ResponseBody.WriteAsync(request.Http, 200, type.ContentType, parts);
    }

    // The head and the cached bytes of the items with commas between them; nothing is encoded again.
    private static List<ReadOnlyMemory<byte>> JsonList(ApiRequest request, ListHeader header, CacheList list)
    {
        var head = JsonBuffer.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, request.Kind.ListKind);
            json.WriteString("apiVersion"u8, request.Kind.ApiVersion);
            header.Write(json);
            json.WriteStartArray("items"u8);
        });
        var parts = new List<ReadOnlyMemory<byte>>((list.Items.Count * 2) + 2) { head };
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (i > 0)
            {
                parts.Add(s_comma);
            }

            parts.Add(request.View.JsonOf(list.Items[i]));
        }

        parts.Add(s_end);
        return parts;
    }

    private static byte[] ProtobufList(ApiRequest request, ListHeader header, CacheList list) => ApiProto.EncodeList(
        request.Kind,
        ListMetaOf(header),
        [.. list.Items.Select(i => (ReadOnlyMemory<byte>)ApiProto.EncodeMessage(request.View.Serve(i.Object)))]);

    private static ReadOnlyMemory<byte> MetadataList(ApiRequest request, ResponseType type, ListHeader header, CacheList list) => JsonBuffer.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "PartialObjectMetadataList"u8);
        json.WriteString("apiVersion"u8, "meta.k8s.io/" + type.MetaVersion);
        header.Write(json);
        json.WriteStartArray("items"u8);
        foreach (var item in list.Items)
        {
            MetadataOnly.Write(json, request.View.Serve(item.Object), type.MetaVersion);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private ReadOnlyMemory<byte> Table(ApiRequest request, ResponseType type, ListHeader header, IEnumerable<ApiObject> items)
    {
        var writer = new TableWriter(request.View, type.MetaVersion, TableWriter.CheckIncludeObject(request.Query.IncludeObject));
        return JsonBuffer.Write(json => writer.Write(json, header, items, time.GetUtcNow()));
    }

    private static ListMeta ListMetaOf(ListHeader header) => new()
    {
        ResourceVersion = header.Revision.ToString(CultureInfo.InvariantCulture),
        Continue = header.Continue,
        RemainingItemCount = header.Remaining is > 0 ? header.Remaining : null,
    };

    private static long RevisionOf(ApiObject item) =>
        long.TryParse(item.Metadata.ResourceVersion, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
}
