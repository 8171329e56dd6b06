using System.Linq;
using Microsoft.CodeAnalysis;

namespace Minke.Api.Generator;

internal static class AttributeExtensions
{
    public static AttributeData? FindAttribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == name);

    public static T Named<T>(this AttributeData attribute, string name, T otherwise)
    {
        var value = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;
        return value.Kind != TypedConstantKind.Error && value.Value is T typed ? typed : otherwise;
    }

    public static EquatableArray<string> NamedStrings(this AttributeData attribute, string name)
    {
        var value = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;
        return value.Kind == TypedConstantKind.Array ? value.Strings() : default;
    }

    public static EquatableArray<string> Strings(this TypedConstant array) => new(array.Values.Select(value => (string)value.Value!));
}
