using System.Linq;
using Microsoft.CodeAnalysis;

namespace Minke.Api.Generator;

/// <summary>What an assembly-level ApiNamespace attribute says.</summary>
internal sealed record ApiNamespace(string Group, string Version, string OpenApiPrefix)
{
    public static ApiNamespace? Find(Compilation compilation, string name) =>
        compilation.Assembly.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.Name == "ApiNamespaceAttribute")
            .Select(attribute => attribute.ConstructorArguments.Select(argument => argument.Value as string ?? "").ToArray())
            .Where(arguments => arguments.Length == 4 && arguments[0] == name)
            .Select(arguments => new ApiNamespace(arguments[1], arguments[2], arguments[3]))
            .FirstOrDefault();
}
