namespace Minke.Api;

/// <summary>
/// API objects to and from Kubernetes' protobuf form: the four bytes <c>k8s\0</c>, then a runtime.Unknown message that names the kind and
/// holds the object's own message.
/// </summary>
public static class ApiProto
{
    /// <summary>The media type of the form.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Whether bytes begin as the form does.</summary>
    public static bool IsProto(ReadOnlySpan<byte> body) => body.StartsWith(Magic);

    public static byte[] Encode(ApiRoot value)
    {
        var sink = new ProtoSink();
        value.WriteProtoFields(sink);
        return Wrap(sink, value.ApiVersion, value.Kind);
    }

    /// <summary>The object's own message, without the envelope; what a list holds.</summary>
    public static byte[] EncodeMessage(ApiType value)
    {
        var sink = new ProtoSink();
        value.WriteProtoFields(sink);
        return sink.Written.ToArray();
    }

    /// <summary>A list from items that <see cref="EncodeMessage"/> made.</summary>
    public static byte[] EncodeList(KindInfo kind, Meta.ListMeta metadata, IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        var sink = new ProtoSink();
        for (var i = items.Count - 1; i >= 0; i--)
        {
            sink.Field<ReadOnlyMemory<byte>, BytesCodec>(2, items[i]);
        }

        sink.Field<Meta.ListMeta, ObjectCodec<Meta.ListMeta>>(1, metadata);
        return Wrap(sink, kind.ApiVersion, kind.ListKind);
    }

    /// <summary>Reads a document of a type known at compile time. What the envelope calls it is not checked.</summary>
    /// <exception cref="ApiException">400: the bytes are not such a document; 413: it is too large.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> body) where T : ApiRoot, new()
    {
        var value = new T();
        Read(value, ProtoEnvelope.Read(body));
        return value;
    }

    /// <summary>Reads an object of a kind. A missing kind or apiVersion in the envelope is taken to be the expected one.</summary>
    /// <exception cref="ApiException">400: the bytes are not such an object; 413: it is too large.</exception>
    public static ApiObject Decode(KindInfo kind, ReadOnlySpan<byte> body)
    {
        var envelope = ProtoEnvelope.Read(body);
        ApiJson.CheckTypeMeta(kind, envelope.ApiVersion, envelope.Kind);
        var value = kind.New();
        Read(value, envelope);
        return value;
    }

    /// <summary>Reads a bare message, without an envelope.</summary>
    /// <exception cref="ApiException">400: the bytes are not such a message; 413: it is too large.</exception>
    public static T DecodeMessage<T>(ReadOnlySpan<byte> message) where T : ApiType, new()
    {
        var value = new T();
        ReadMessage(value, message);
        return value;
    }

    private static void Read(ApiRoot target, ProtoEnvelope envelope)
    {
        switch (envelope.ContentType)
        {
            case "" or MediaType:
                ReadMessage(target, envelope.Raw);
                break;
            case "application/json":
                ApiJson.Decode(target, envelope.Raw, FieldValidation.Ignore, null);
                break;
            default:
                throw ProtoSource.Malformed($"the envelope holds content of type \"{envelope.ContentType}\"");
        }
    }

    private static void ReadMessage(ApiType target, ReadOnlySpan<byte> message)
    {
        if (message.Length > ApiLimits.MaxBodyBytes)
        {
            throw ApiErrors.TooLarge($"the object is larger than {ApiLimits.MaxBodyBytes} bytes");
        }

        var source = new ProtoSource(message, new ProtoDecoding());
        source.ReadFields(target);
    }

    // runtime.Unknown: 1 typeMeta { 1 apiVersion, 2 kind }, 2 raw, 3 contentEncoding, 4 contentType.
    private static byte[] Wrap(ProtoSink message, string apiVersion, string kind)
    {
        var sink = new ProtoSink(message.Length + 128);
        sink.String("");
        sink.Tag(4, WireType.LengthDelimited);
        sink.String("");
        sink.Tag(3, WireType.LengthDelimited);
        sink.Bytes(message.Written);
        sink.Tag(2, WireType.LengthDelimited);
        var end = sink.Length;
        sink.Field<string, StringCodec>(2, kind);
        sink.Field<string, StringCodec>(1, apiVersion);
        sink.LengthSince(end);
        sink.Tag(1, WireType.LengthDelimited);
        sink.Raw(Magic);
        return sink.Written.ToArray();
    }
}
