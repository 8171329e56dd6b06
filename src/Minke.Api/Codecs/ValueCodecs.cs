using System.Text.Json;

namespace Minke.Api;

internal readonly struct QuantityCodec : ICodec<Quantity>
{
    public static Quantity Zero => default;

    public static WireType Wire => WireType.LengthDelimited;

    // A quantity that is a Go struct is written even when it is zero.
    public static bool IsZero(Quantity value) => false;

    public static void WriteJson(JsonSink sink, Quantity value) => sink.Ascii(value.ToString());

    public static Quantity ReadJson(ref JsonSource source)
    {
        var text = source.TokenType == JsonTokenType.Number ? source.ReadNumberText() : source.ReadString("quantity");
        return Quantity.TryParse(text.AsSpan().Trim(), out var value)
            ? value
            : throw source.Malformed($"quantities must be a number with an optional suffix such as m, k, Mi or e3, not \"{text}\"");
    }

    public static void WriteProto(ProtoSink sink, Quantity value)
    {
        var end = sink.Length;
        sink.Field<string, StringCodec>(1, value.ToString());
        sink.LengthSince(end);
    }

    public static Quantity ReadProto(ref ProtoSource source)
    {
        var message = source.ReadMessage();
        var text = "0";
        while (message.ReadTag(out var number))
        {
            if (number == 1)
            {
                text = message.Read<string, StringCodec>();
            }
            else
            {
                message.Skip();
            }
        }

        return Quantity.TryParse(text, out var value) ? value : throw ProtoSource.Malformed("a quantity is not a number with an optional suffix");
    }
}

internal readonly struct IntOrStringCodec : ICodec<IntOrString>
{
    public static IntOrString Zero => default;

    public static WireType Wire => WireType.LengthDelimited;

    public static bool IsZero(IntOrString value) => false;

    public static void WriteJson(JsonSink sink, IntOrString value)
    {
        if (value.IsString)
        {
            sink.String(value.Text);
        }
        else
        {
            sink.Number(value.Number);
        }
    }

    public static IntOrString ReadJson(ref JsonSource source) =>
        source.TokenType == JsonTokenType.String ? source.ReadString() : source.ReadInt32();

    public static void WriteProto(ProtoSink sink, IntOrString value)
    {
        var end = sink.Length;
        sink.Field<string, StringCodec>(3, value.Text);
        sink.Field<int, Int32Codec>(2, value.Number);
        sink.Field<long, Int64Codec>(1, value.IsString ? 1 : 0);
        sink.LengthSince(end);
    }

    public static IntOrString ReadProto(ref ProtoSource source)
    {
        var message = source.ReadMessage();
        var (isString, number, text) = (false, 0, "");
        while (message.ReadTag(out var field))
        {
            switch (field)
            {
                case 1:
                    isString = message.Read<long, Int64Codec>() == 1;
                    break;
                case 2:
                    number = message.Read<int, Int32Codec>();
                    break;
                case 3:
                    text = message.Read<string, StringCodec>();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return isString ? text : number;
    }
}

internal readonly struct RawCodec : ICodec<RawJson>
{
    public static RawJson Zero { get; } = new("null");

    public static WireType Wire => WireType.LengthDelimited;

    public static bool IsZero(RawJson value) => false;

    public static void WriteJson(JsonSink sink, RawJson value) => sink.Raw(value.Utf8.Span);

    public static RawJson ReadJson(ref JsonSource source) => new(source.ReadRawValue());

    public static void WriteProto(ProtoSink sink, RawJson value)
    {
        var end = sink.Length;
        sink.Field<ReadOnlyMemory<byte>, BytesCodec>(1, value.Utf8);
        sink.LengthSince(end);
    }

    public static RawJson ReadProto(ref ProtoSource source)
    {
        var message = source.ReadMessage();
        ReadOnlyMemory<byte> raw = default;
        while (message.ReadTag(out var number))
        {
            if (number == 1)
            {
                raw = message.Read<ReadOnlyMemory<byte>, BytesCodec>();
            }
            else
            {
                message.Skip();
            }
        }

        return raw.IsEmpty ? Zero : new RawJson(JsonText.Compact(raw.Span) ?? throw ProtoSource.Malformed("an embedded value is not valid JSON"));
    }
}
