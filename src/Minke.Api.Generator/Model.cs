using Microsoft.CodeAnalysis.Text;

namespace Minke.Api.Generator;

internal enum Shape
{
    Single,
    List,
    Map,
}

/// <summary>One declared type.</summary>
internal sealed record TypeModel(
    string Namespace,
    string Name,
    string SchemaName,
    string Doc,
    bool Atomic,
    KindModel? Kind,
    TypeMetaModel? TypeMeta,
    EquatableArray<FieldModel> Fields,
    EquatableArray<ProblemModel> Problems)
{
    public string FullName => $"global::{Namespace}.{Name}";
}

/// <summary>One declared field.</summary>
/// <param name="FieldKind">The name of a member of the runtime's FieldKind.</param>
/// <param name="Element">The C# type of the value, of a list's element or of a map's value, without nullability.</param>
/// <param name="Codec">The C# type that reads and writes <paramref name="Element"/>.</param>
/// <param name="Nullable">A pointer in Go: absent differs from zero.</param>
internal sealed record FieldModel(
    string Property,
    string JsonName,
    int Number,
    string Doc,
    string DeclaredType,
    Shape Shape,
    string FieldKind,
    string Element,
    string Codec,
    bool Nullable,
    bool Required,
    bool Inline,
    bool WriteEmpty,
    bool FromRevision,
    bool Override,
    ListModel List)
{
    public string Slot => "_" + char.ToLowerInvariant(Property[0]) + Property.Substring(1);

    public bool IsObject => FieldKind == "Object";

    public bool IsValueType => FieldKind is not ("String" or "Raw" or "Object");

    /// <summary>A Go struct: never null for readers, always written.</summary>
    public bool IsStruct => IsObject && Shape == Shape.Single && !Nullable;

    /// <summary>Whether the value is a reference to something mutable that has to be cloned and frozen along.</summary>
    public bool IsMutable => IsObject || Shape != Shape.Single;
}

/// <summary>How patches treat the field.</summary>
internal sealed record ListModel(bool IsSet, EquatableArray<string> MapKeys, bool PatchMerge, string? PatchMergeKey, bool RetainKeys, bool Atomic, string? KeyDefault);

/// <param name="Entry">The name of the kind's property in the registry.</param>
internal sealed record KindModel(
    string Entry,
    string Group,
    string Version,
    string Plural,
    bool Namespaced,
    EquatableArray<string> ShortNames,
    EquatableArray<string> Categories,
    EquatableArray<string> Verbs,
    EquatableArray<SubresourceModel> Subresources,
    HookModel Hooks);

internal sealed record SubresourceModel(string Name, string Group, string Version, string Kind, EquatableArray<string> Verbs);

/// <summary>Which of the methods that are found by name exist.</summary>
internal sealed record HookModel(bool Default, bool Validate, bool ValidateUpdate, bool ValidateStatusUpdate);

/// <summary>What is wrong with a declaration, and where.</summary>
internal sealed record ProblemModel(string Message, string File, TextSpan Span, LinePositionSpan Lines);

internal sealed record TypeMetaModel(string ApiVersion, string Kind);
