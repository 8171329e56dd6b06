using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Minke.Api.Generator;

/// <summary>Finds what is wrong with a declaration before it becomes code that is wrong at run time.</summary>
internal static class Problems
{
    // The JSON reader remembers the fields that it has seen in 128 bits.
    private const int MostFields = 128;

    private static readonly DiagnosticDescriptor Descriptor = new(
        "MINKE001", "Wrong declaration of an API type", "{0}", "Minke.Api", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static IEnumerable<ProblemModel> Find(ClassDeclarationSyntax declaration, ApiNamespace? home, IReadOnlyList<FieldModel> fields)
    {
        if (home is null)
        {
            yield return At(declaration, $"The namespace of {declaration.Identifier} is not declared by an ApiNamespace attribute of the assembly");
        }

        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return At(declaration, $"{declaration.Identifier} must be partial");
        }

        if (fields.Count > MostFields)
        {
            yield return At(declaration, $"{declaration.Identifier} has more than {MostFields} fields");
        }

        foreach (var number in fields.GroupBy(field => field.Number).Where(group => group.Count() > 1))
        {
            yield return At(declaration, $"{declaration.Identifier} has more than one field number {number.Key}");
        }

        foreach (var name in fields.Where(field => !field.Inline).GroupBy(field => field.JsonName).Where(group => group.Count() > 1))
        {
            yield return At(declaration, $"{declaration.Identifier} has more than one field named {name.Key}");
        }
    }

    public static Diagnostic ToDiagnostic(this ProblemModel problem) =>
        Diagnostic.Create(Descriptor, Location.Create(problem.File, problem.Span, problem.Lines), problem.Message);

    private static ProblemModel At(ClassDeclarationSyntax declaration, string message)
    {
        var place = declaration.Identifier.GetLocation();
        return new ProblemModel(message, declaration.SyntaxTree.FilePath, place.SourceSpan, place.GetLineSpan().Span);
    }
}
