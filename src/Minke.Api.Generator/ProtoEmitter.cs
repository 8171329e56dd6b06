using System.Linq;

namespace Minke.Api.Generator;

/// <summary>Emits the writing (from the highest number down, because the sink fills from its end) and the reading of protobuf fields.</summary>
internal static class ProtoEmitter
{
    public static void Emit(TypeModel type, SourceWriter source)
    {
        source.Open("internal override void WriteProtoFields(ProtoSink sink)");
        foreach (var field in type.Fields.OrderByDescending(field => field.Number))
        {
            source.Line(Write(field));
        }

        source.Close();
        source.Line();
        source.Open("internal override bool ReadProtoField(int number, ref ProtoSource source)");
        source.Open("switch (number)");
        foreach (var field in type.Fields)
        {
            source.Line($"case {field.Number}: {Read(field)} return true;");
        }

        source.Line("default: return false;");
        source.Close();
        source.Close();
        source.Line();
    }

    private static string Write(FieldModel field)
    {
        var arguments = $"<{field.Element}, {field.Codec}>({field.Number}, ";
        if (field.Shape != Shape.Single)
        {
            return $"sink.{field.Shape}{arguments}{field.Slot});";
        }

        if (field.IsStruct)
        {
            return $"sink.Field{arguments}{JsonWriterEmitter.OrEmpty(field)});";
        }

        return $"sink.{(field.WriteEmpty ? "OrEmpty" : field.Nullable ? "Optional" : "Field")}{arguments}{field.Slot});";
    }

    private static string Read(FieldModel field)
    {
        var types = $"<{field.Element}, {field.Codec}>";
        return field switch
        {
            { Shape: Shape.List } => $"source.ReadElement{types}({Target(field)});",
            { Shape: Shape.Map } => $"source.ReadEntry{types}({Target(field)});",
            { IsObject: true } => $"source.ReadInto({Target(field)});",
            { FieldKind: "Time" or "MicroTime" } => $"{field.Slot} = source.ReadOrNull{types}();",
            _ => $"{field.Slot} = source.Read{types}();",
        };
    }

    private static string Target(FieldModel field) => field.Nullable ? $"{field.Slot} ??= new()" : $"Own(ref {field.Slot})";
}
