namespace Minke.Api.Generator;

/// <summary>Emits the slots and the accessors of the declared properties.</summary>
internal static class PropertyEmitter
{
    public static void Emit(TypeModel type, SourceWriter source)
    {
        foreach (var field in type.Fields)
        {
            source.Line($"private {SlotType(field)} {field.Slot}{Initial(field)};");
            source.Open($"public {(field.Override ? "override" : "partial")} {field.DeclaredType} {field.Property}");
            source.Line($"get => {Getter(field)};");
            source.Open("set");
            source.Line("ThrowIfFrozen();");
            source.Line($"{field.Slot} = value;");
            source.Close();
            source.Close();
            source.Line();
        }
    }

    /// <summary>Struct objects, lists and maps are made only when they are first read.</summary>
    private static bool IsLazy(FieldModel field) => field.IsMutable && !field.Nullable;

    private static string SlotType(FieldModel field) => IsLazy(field) ? field.DeclaredType + "?" : field.DeclaredType;

    private static string Initial(FieldModel field) => field is { FieldKind: "String", Shape: Shape.Single, Nullable: false } ? " = \"\"" : "";

    private static string Getter(FieldModel field) => IsLazy(field) ? $"Own(ref {field.Slot})" : field.Slot;
}
