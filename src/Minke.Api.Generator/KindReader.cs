using System.Linq;
using Microsoft.CodeAnalysis;

namespace Minke.Api.Generator;

/// <summary>Reads what the attributes of a class say about the kind that it declares.</summary>
internal static class KindReader
{
    public static KindModel? Read(INamedTypeSymbol symbol, ApiNamespace home, Compilation compilation)
    {
        var kind = symbol.FindAttribute("KindAttribute");
        return kind is null ? null : new KindModel(
            kind.Named("Entry", symbol.Name),
            home.Group,
            home.Version,
            (string)kind.ConstructorArguments[0].Value!,
            kind.Named("Namespaced", true),
            kind.NamedStrings("ShortNames"),
            kind.NamedStrings("Categories"),
            kind.NamedStrings("Verbs"),
            new EquatableArray<SubresourceModel>(symbol.GetAttributes()
                .Where(attribute => attribute.AttributeClass?.Name == "SubresourceAttribute")
                .Select(attribute => ReadSubresource(attribute, symbol.Name, home))),
            FindHooks(symbol, compilation));
    }

    public static TypeMetaModel? ReadTypeMeta(INamedTypeSymbol symbol)
    {
        var attribute = symbol.FindAttribute("TypeMetaAttribute");
        return attribute is null ? null : new TypeMetaModel((string)attribute.ConstructorArguments[0].Value!, (string)attribute.ConstructorArguments[1].Value!);
    }

    private static SubresourceModel ReadSubresource(AttributeData attribute, string ownKind, ApiNamespace home) => new(
        (string)attribute.ConstructorArguments[0].Value!,
        attribute.Named("Group", home.Group),
        attribute.Named("Version", home.Version),
        attribute.Named("Kind", ownKind),
        attribute.ConstructorArguments[1].Strings());

    private static HookModel FindHooks(INamedTypeSymbol symbol, Compilation compilation)
    {
        var prefix = $"{symbol.ContainingNamespace.ToDisplayString()}.{symbol.Name}";
        var defaults = compilation.Assembly.GetTypeByMetadataName(prefix + "Defaults");
        var validation = compilation.Assembly.GetTypeByMetadataName(prefix + "Validation");
        return new HookModel(
            Has(defaults, "Apply", 1), Has(validation, "Validate", 2), Has(validation, "ValidateUpdate", 3), Has(validation, "ValidateStatusUpdate", 3));
    }

    private static bool Has(INamedTypeSymbol? type, string method, int parameters) =>
        type?.GetMembers(method).OfType<IMethodSymbol>().Any(m => m.IsStatic && m.Parameters.Length == parameters) == true;
}
