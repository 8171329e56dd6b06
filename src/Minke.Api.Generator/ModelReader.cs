using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Minke.Api.Generator;

/// <summary>Turns a class declaration into a <see cref="TypeModel"/>.</summary>
internal static class ModelReader
{
    private static readonly HashSet<string> BaseNames = ["ApiType", "ApiRoot", "ApiObject"];

    public static bool IsCandidate(SyntaxNode node) =>
        node is ClassDeclarationSyntax { BaseList: { } bases } && bases.Types[0].Type is IdentifierNameSyntax name && BaseNames.Contains(name.Identifier.Text);

    public static TypeModel? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var declaration = (ClassDeclarationSyntax)context.Node;
        if (context.SemanticModel.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol { IsAbstract: false } symbol)
        {
            return null;
        }

        var compilation = context.SemanticModel.Compilation;
        var name = symbol.ContainingNamespace.ToDisplayString();
        var home = ApiNamespace.Find(compilation, name);
        var kind = home is null ? null : KindReader.Read(symbol, home, compilation);
        var fields = new List<FieldModel>();
        if (kind is not null)
        {
            fields.Add(FieldReader.ObjectMetadata);
        }

        fields.AddRange(declaration.Members.OfType<PropertyDeclarationSyntax>()
            .Select(property => FieldReader.Read(property, context.SemanticModel, cancellationToken))
            .OfType<FieldModel>());
        return new TypeModel(
            name,
            symbol.Name,
            $"{home?.OpenApiPrefix}.{symbol.Name}",
            DocReader.Summary(declaration),
            symbol.FindAttribute("AtomicAttribute") is not null,
            kind,
            KindReader.ReadTypeMeta(symbol),
            new EquatableArray<FieldModel>(fields),
            new EquatableArray<ProblemModel>(Problems.Find(declaration, home, fields)));
    }
}
