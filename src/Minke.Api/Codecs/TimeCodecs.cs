namespace Minke.Api;

internal readonly struct TimeCodec : ICodec<DateTimeOffset>
{
    public static DateTimeOffset Zero => default;

    public static WireType Wire => WireType.LengthDelimited;

    public static bool IsZero(DateTimeOffset value) => value == default;

    public static void WriteJson(JsonSink sink, DateTimeOffset value) => sink.Time(value);

    public static DateTimeOffset ReadJson(ref JsonSource source) => source.ReadTime();

    public static void WriteProto(ProtoSink sink, DateTimeOffset value) => sink.Timestamp(value, wholeSeconds: true);

    public static DateTimeOffset ReadProto(ref ProtoSource source) => source.ReadTimestamp();
}

internal readonly struct MicroTimeCodec : ICodec<MicroTime>
{
    public static MicroTime Zero => default;

    public static WireType Wire => WireType.LengthDelimited;

    public static bool IsZero(MicroTime value) => value == default;

    public static void WriteJson(JsonSink sink, MicroTime value) => sink.Ascii(value.ToString());

    public static MicroTime ReadJson(ref JsonSource source) => new(source.ReadTime());

    public static void WriteProto(ProtoSink sink, MicroTime value) => sink.Timestamp(value.Value, wholeSeconds: false);

    public static MicroTime ReadProto(ref ProtoSource source) => new(source.ReadTimestamp());
}
