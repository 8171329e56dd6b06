using System.Collections.Generic;
using System.Linq;

namespace Minke.Api.Generator;

/// <summary>
/// Emits the lookup of a field by its JSON name and the reading of its value. Fields are numbered as the schema lists them: first the type's
/// own, then those of each inlined type.
/// </summary>
internal static class JsonReaderEmitter
{
    public static void Emit(TypeModel type, SourceWriter source)
    {
        var own = type.Fields.Where(field => !field.Inline).ToList();
        var inlined = type.Fields.Where(field => field.Inline).ToList();
        source.Line($"internal const int FieldCount = {string.Join(" + ", new[] { own.Count.ToString() }.Concat(inlined.Select(field => field.Element + ".FieldCount")))};");
        source.Line();
        source.Line("internal override int FindField(ReadOnlySpan<byte> name) => FieldIndex(name);");
        source.Line();
        EmitFind(own, inlined, source);
        EmitRead(own, inlined, source);
    }

    private static void EmitFind(List<FieldModel> own, List<FieldModel> inlined, SourceWriter source)
    {
        source.Open("internal static int FieldIndex(ReadOnlySpan<byte> name)");
        source.Open("switch (name.Length)");
        foreach (var group in own.Select((field, index) => (field.JsonName, Index: index)).GroupBy(entry => entry.JsonName.Length).OrderBy(group => group.Key))
        {
            source.Line($"case {group.Key}:");
            foreach (var (name, index) in group)
            {
                source.Line($"    if (name.SequenceEqual(\"{name}\"u8)) return {index};");
            }

            source.Line("    break;");
        }

        source.Close();
        source.Line();
        foreach (var (field, offset) in Offsets(own, inlined))
        {
            source.Line($"if ({field.Element}.FieldIndex(name) is >= 0 and var in{field.Property}) return in{field.Property} + {offset};");
        }

        source.Line("return -1;");
        source.Close();
        source.Line();
    }

    private static void EmitRead(List<FieldModel> own, List<FieldModel> inlined, SourceWriter source)
    {
        source.Open("internal override void ReadJsonField(int index, ref JsonSource source)");
        source.Open("switch (index)");
        for (var i = 0; i < own.Count; i++)
        {
            source.Line($"case {i}: {Read(own[i])} break;");
        }

        foreach (var (field, offset) in Offsets(own, inlined))
        {
            source.Line($"case < {offset} + {field.Element}.FieldCount: Own(ref {field.Slot}).ReadJsonField(index - ({offset}), ref source); break;");
        }

        source.Close();
        source.Close();
        source.Line();
    }

    private static string Read(FieldModel field) => field switch
    {
        { Shape: Shape.List } => $"{field.Slot} = source.ReadList<{field.Element}, {field.Codec}>();",
        { Shape: Shape.Map } => $"{field.Slot} = source.ReadMap<{field.Element}, {field.Codec}>();",
        { IsStruct: true } => $"source.ReadInto(Own(ref {field.Slot}));",
        _ => $"{field.Slot} = {field.Codec}.ReadJson(ref source);",
    };

    private static IEnumerable<(FieldModel Field, string Offset)> Offsets(List<FieldModel> own, List<FieldModel> inlined)
    {
        var offset = own.Count.ToString();
        foreach (var field in inlined)
        {
            yield return (field, offset);
            offset += $" + {field.Element}.FieldCount";
        }
    }
}
