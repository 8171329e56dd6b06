using System.Buffers.Binary;

namespace Minke.Api;

internal readonly struct StringCodec : ICodec<string>
{
    public static string Zero => "";

    public static WireType Wire => WireType.LengthDelimited;

    public static bool IsZero(string value) => value.Length == 0;

    public static void WriteJson(JsonSink sink, string value) => sink.String(value);

    public static string ReadJson(ref JsonSource source) => source.ReadString();

    public static void WriteProto(ProtoSink sink, string value) => sink.String(value);

    public static string ReadProto(ref ProtoSource source) => source.ReadString();
}

internal readonly struct BooleanCodec : ICodec<bool>
{
    public static bool Zero => false;

    public static WireType Wire => WireType.Varint;

    public static bool IsZero(bool value) => !value;

    public static void WriteJson(JsonSink sink, bool value) => sink.Raw(value ? "true"u8 : "false"u8);

    public static bool ReadJson(ref JsonSource source) => source.ReadBoolean();

    public static void WriteProto(ProtoSink sink, bool value) => sink.Varint(value ? 1UL : 0UL);

    public static bool ReadProto(ref ProtoSource source) => source.ReadVarint() != 0;
}

internal readonly struct Int32Codec : ICodec<int>
{
    public static int Zero => 0;

    public static WireType Wire => WireType.Varint;

    public static bool IsZero(int value) => value == 0;

    public static void WriteJson(JsonSink sink, int value) => sink.Number(value);

    public static int ReadJson(ref JsonSource source) => source.ReadInt32();

    // Negative numbers are sign-extended to ten bytes, as protobuf's int32 is.
    public static void WriteProto(ProtoSink sink, int value) => sink.Varint((ulong)(long)value);

    public static int ReadProto(ref ProtoSource source) => unchecked((int)source.ReadVarint());
}

internal readonly struct Int64Codec : ICodec<long>
{
    public static long Zero => 0;

    public static WireType Wire => WireType.Varint;

    public static bool IsZero(long value) => value == 0;

    public static void WriteJson(JsonSink sink, long value) => sink.Number(value);

    public static long ReadJson(ref JsonSource source) => source.ReadInt64();

    public static void WriteProto(ProtoSink sink, long value) => sink.Varint((ulong)value);

    public static long ReadProto(ref ProtoSource source) => unchecked((long)source.ReadVarint());
}

internal readonly struct DoubleCodec : ICodec<double>
{
    public static double Zero => 0;

    public static WireType Wire => WireType.Fixed64;

    public static bool IsZero(double value) => value == 0;

    public static void WriteJson(JsonSink sink, double value) => sink.Number(value);

    public static double ReadJson(ref JsonSource source) => source.ReadDouble();

    public static void WriteProto(ProtoSink sink, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        sink.Raw(bytes);
    }

    public static double ReadProto(ref ProtoSource source) => BinaryPrimitives.ReadDoubleLittleEndian(source.ReadRaw(8));
}

internal readonly struct BytesCodec : ICodec<ReadOnlyMemory<byte>>
{
    public static ReadOnlyMemory<byte> Zero => default;

    public static WireType Wire => WireType.LengthDelimited;

    public static bool IsZero(ReadOnlyMemory<byte> value) => value.IsEmpty;

    public static void WriteJson(JsonSink sink, ReadOnlyMemory<byte> value) => sink.Base64(value.Span);

    public static ReadOnlyMemory<byte> ReadJson(ref JsonSource source) => source.ReadBase64();

    public static void WriteProto(ProtoSink sink, ReadOnlyMemory<byte> value) => sink.Bytes(value.Span);

    public static ReadOnlyMemory<byte> ReadProto(ref ProtoSource source) => source.ReadBytes().ToArray();
}

internal readonly struct ObjectCodec<T> : ICodec<T> where T : ApiType, new()
{
    public static T Zero => new();

    public static WireType Wire => WireType.LengthDelimited;

    public static bool IsZero(T value) => false;

    public static void WriteJson(JsonSink sink, T value) => sink.Object(value);

    public static T ReadJson(ref JsonSource source)
    {
        var value = new T();
        source.ReadInto(value);
        return value;
    }

    public static void WriteProto(ProtoSink sink, T value) => sink.Message(value);

    public static T ReadProto(ref ProtoSource source)
    {
        var value = new T();
        source.ReadInto(value);
        return value;
    }
}
