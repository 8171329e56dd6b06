namespace Minke.Api;

/// <summary>The contents of a <c>k8s\0</c> envelope (runtime.Unknown).</summary>
internal readonly ref struct ProtoEnvelope
{
    public string ApiVersion { get; private init; }

    public string Kind { get; private init; }

    public string ContentType { get; private init; }

    public ReadOnlySpan<byte> Raw { get; private init; }

    /// <exception cref="ApiException">400: the bytes are not an envelope.</exception>
    public static ProtoEnvelope Read(ReadOnlySpan<byte> body)
    {
        if (!ApiProto.IsProto(body))
        {
            throw ProtoSource.Malformed("the body does not begin with the bytes k8s and zero");
        }

        var source = new ProtoSource(body[4..], new ProtoDecoding());
        var (apiVersion, kind, contentType, encoding) = ("", "", "", "");
        ReadOnlySpan<byte> raw = default;
        while (source.ReadTag(out var number))
        {
            switch (number)
            {
                case 1:
                    (apiVersion, kind) = ReadTypeMeta(source.ReadMessage());
                    break;
                case 2:
                    raw = source.ReadBytes();
                    break;
                case 3:
                    encoding = source.Read<string, StringCodec>();
                    break;
                case 4:
                    contentType = source.Read<string, StringCodec>();
                    break;
                default:
                    source.Skip();
                    break;
            }
        }

        return encoding.Length == 0
            ? new ProtoEnvelope { ApiVersion = apiVersion, Kind = kind, ContentType = contentType, Raw = raw }
            : throw ProtoSource.Malformed($"the envelope's content encoding \"{encoding}\" is not supported");
    }

    private static (string ApiVersion, string Kind) ReadTypeMeta(ProtoSource message)
    {
        var (apiVersion, kind) = ("", "");
        while (message.ReadTag(out var number))
        {
            switch (number)
            {
                case 1:
                    apiVersion = message.Read<string, StringCodec>();
                    break;
                case 2:
                    kind = message.Read<string, StringCodec>();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return (apiVersion, kind);
    }
}
