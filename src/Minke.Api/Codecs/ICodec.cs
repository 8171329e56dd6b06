namespace Minke.Api;

/// <summary>
/// Reads and writes the values of one field type in both wire forms. Implementations are stateless structs, so that the shared routines for
/// fields, lists and maps are compiled for each of them.
/// </summary>
internal interface ICodec<T>
{
    /// <summary>The value of an absent field, and of a JSON null in a list or map.</summary>
    static abstract T Zero { get; }

    static abstract WireType Wire { get; }

    static abstract bool IsZero(T value);

    static abstract void WriteJson(JsonSink sink, T value);

    /// <summary>Reads the token that the source stands on, which is not null.</summary>
    static abstract T ReadJson(ref JsonSource source);

    /// <summary>Writes the value, with its length in front where the wire type has one, but without a tag.</summary>
    static abstract void WriteProto(ProtoSink sink, T value);

    static abstract T ReadProto(ref ProtoSource source);
}

/// <summary>The protobuf wire types that Kubernetes uses.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    LengthDelimited = 2,
    Fixed32 = 5,
}
