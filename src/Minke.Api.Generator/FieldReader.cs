using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Minke.Api.Generator;

/// <summary>Turns a property declaration into a <see cref="FieldModel"/>.</summary>
internal static class FieldReader
{
    private const string MetadataType = "global::Minke.Api.Meta.ObjectMeta";
    private static readonly ListModel NoList = new(false, default, false, null, false, false, null);

    /// <summary>The field that every kind has without declaring it.</summary>
    public static readonly FieldModel ObjectMetadata = new(
        "Metadata", "metadata", 1, "Name, labels and what else every object has.", MetadataType, Shape.Single, "Object", MetadataType,
        $"ObjectCodec<{MetadataType}>", Nullable: false, Required: false, Inline: false, WriteEmpty: false, FromRevision: false, Override: true, NoList);

    public static FieldModel? Read(PropertyDeclarationSyntax syntax, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetDeclaredSymbol(syntax, cancellationToken) is not IPropertySymbol property)
        {
            return null;
        }

        var inline = property.FindAttribute("InlineAttribute");
        var field = inline ?? property.FindAttribute("FieldAttribute");
        if (field is null)
        {
            return null;
        }

        var (value, shape, nullable) = Unwrap(property.Type);
        var element = value.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        var (kind, codec) = FieldTypes.Describe(value, element);
        return new FieldModel(
            property.Name,
            field.Named("Name", CamelCase(property.Name)),
            (int)field.ConstructorArguments[0].Value!,
            DocReader.Summary(syntax),
            property.Type.ToDisplayString(NullableFormat),
            shape,
            kind,
            element,
            codec,
            nullable,
            Required: property.FindAttribute("RequiredAttribute") is not null,
            Inline: inline is not null,
            WriteEmpty: field.Named("WriteEmpty", false),
            FromRevision: field.Named("FromRevision", false),
            Override: false,
            ReadList(property));
    }

    private static readonly SymbolDisplayFormat NullableFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static (ITypeSymbol Value, Shape Shape, bool Nullable) Unwrap(ITypeSymbol type)
    {
        var nullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { TypeArguments.Length: 1 } generic)
        {
            switch (generic.Name)
            {
                case "Nullable":
                    return (generic.TypeArguments[0], Shape.Single, true);
                case "ApiList":
                    return (generic.TypeArguments[0], Shape.List, nullable);
                case "ApiMap":
                    return (generic.TypeArguments[0], Shape.Map, nullable);
            }
        }

        return (type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), Shape.Single, nullable);
    }

    private static ListModel ReadList(IPropertySymbol property)
    {
        var map = property.FindAttribute("ListMapAttribute");
        var merge = property.FindAttribute("PatchMergeAttribute");
        return new ListModel(
            IsSet: property.FindAttribute("ListSetAttribute") is not null,
            MapKeys: map?.ConstructorArguments[0].Strings() ?? default,
            PatchMerge: merge is not null,
            PatchMergeKey: merge?.ConstructorArguments.FirstOrDefault().Value as string,
            RetainKeys: merge?.Named("RetainKeys", false) ?? false,
            Atomic: property.FindAttribute("AtomicAttribute") is not null,
            KeyDefault: property.FindAttribute("KeyDefaultAttribute")?.ConstructorArguments.FirstOrDefault().Value as string);
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
