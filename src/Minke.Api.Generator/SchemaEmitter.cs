using System.Collections.Generic;
using System.Linq;

namespace Minke.Api.Generator;

/// <summary>Emits the schema, which is built when it is first asked for.</summary>
internal static class SchemaEmitter
{
    public static void Emit(TypeModel type, SourceWriter source)
    {
        source.Line("private static TypeSchema? s_schema;");
        source.Line();
        source.Line("/// <summary>What the declaration says about this type.</summary>");
        source.Line("public static TypeSchema TypeSchema => s_schema ??= BuildSchema();");
        source.Line();
        source.Line("public override TypeSchema Schema => TypeSchema;");
        source.Line();
        var isRoot = type.Kind is not null || type.TypeMeta is not null;
        source.Line($"private static TypeSchema BuildSchema() => new({SourceWriter.Literal(type.SchemaName)}, {SourceWriter.Literal(type.Doc)},");
        source.Line("[");
        foreach (var field in type.Fields.Where(field => !field.Inline))
        {
            source.Line($"    {Field(field)},");
        }

        foreach (var field in type.Fields.Where(field => field.Inline))
        {
            source.Line($"    .. {field.Element}.TypeSchema.Fields,");
        }

        if (isRoot)
        {
            source.Line("    .. TypeMetaFields.Schema,");
        }

        source.Line($"]){(type.Atomic ? " { Atomic = true }" : "")};");
        source.Line();
    }

    private static string Field(FieldModel field)
    {
        var parts = new List<string>
        {
            $"JsonName = {SourceWriter.Literal(field.JsonName)}",
            $"Number = {field.Number}",
            $"Kind = FieldKind.{field.FieldKind}",
        };
        Add(parts, field.Shape != Shape.Single, $"Shape = FieldShape.{field.Shape}");
        Add(parts, field.IsObject, $"TypeFactory = static () => {field.Element}.TypeSchema");
        Add(parts, field.Required, "Required = true");
        Add(parts, field.Doc.Length > 0, $"Doc = {SourceWriter.Literal(field.Doc)}");
        AddList(parts, field.List);
        return $"new() {{ {string.Join(", ", parts)} }}";
    }

    private static void AddList(List<string> parts, ListModel list)
    {
        Add(parts, list.IsSet, "ListType = ListType.Set");
        Add(parts, list.MapKeys.Count > 0, $"ListType = ListType.Map, ListMapKeys = [{string.Join(", ", list.MapKeys.Select(SourceWriter.Literal))}]");
        Add(parts, list.PatchMerge, "PatchMerge = true");
        Add(parts, list.PatchMergeKey is not null, $"PatchMergeKey = {SourceWriter.Literal(list.PatchMergeKey ?? "")}");
        Add(parts, list.RetainKeys, "PatchRetainKeys = true");
        Add(parts, list.Atomic, "Atomic = true");
        Add(parts, list.KeyDefault is not null, $"Default = {SourceWriter.Literal(list.KeyDefault ?? "")}");
    }

    private static void Add(List<string> parts, bool present, string part)
    {
        if (present)
        {
            parts.Add(part);
        }
    }
}
