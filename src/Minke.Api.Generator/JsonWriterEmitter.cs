namespace Minke.Api.Generator;

/// <summary>Emits the writing of JSON fields, in the order of their declaration.</summary>
internal static class JsonWriterEmitter
{
    public static void Emit(TypeModel type, SourceWriter source)
    {
        source.Open("internal override void WriteJsonFields(JsonSink sink)");
        foreach (var field in type.Fields)
        {
            if (field.FromRevision)
            {
                source.Open("if (!sink.SkipsRevision())");
                source.Line(Call(field));
                source.Close();
            }
            else
            {
                source.Line(Call(field));
            }
        }

        source.Close();
        source.Line();
    }

    private static string Call(FieldModel field)
    {
        if (field.Inline)
        {
            return $"{OrEmpty(field)}.WriteJsonFields(sink);";
        }

        var arguments = $"<{field.Element}, {field.Codec}>(\"\\\"{field.JsonName}\\\":\"u8, ";
        if (field.Shape != Shape.Single)
        {
            var always = field.Required ? "true" : field.Nullable ? $"{field.Slot} is not null" : "false";
            return $"sink.{field.Shape}{arguments}{field.Slot}, {always});";
        }

        if (field.IsStruct)
        {
            return $"sink.Required{arguments}{OrEmpty(field)});";
        }

        var method = (field.Nullable, field.Required) switch
        {
            (true, true) when field.IsValueType => "OrNull",
            (true, _) => "Optional",
            (false, true) => "Required",
            (false, false) => "Value",
        };
        return $"sink.{method}{arguments}{field.Slot});";
    }

    /// <summary>A struct that was never touched is written like an empty one, without making it.</summary>
    internal static string OrEmpty(FieldModel field) => $"({field.Slot} ?? Frozen.Empty<{field.Element}>())";
}
