using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Minke.Api.Generator;

namespace Minke.Api.Tests.Generator;

public sealed class ApiTypeGeneratorTests
{
    private const string Frame = """
        [assembly: Minke.Api.ApiNamespace("Minke.Api.Sample", "sample", "v1", "sample.v1")]
        namespace Minke.Api
        {
            class ApiNamespaceAttribute(string name, string group, string version, string prefix) : System.Attribute;
            class FieldAttribute(int number) : System.Attribute { public string? Name { get; init; } }
            class ApiType;
        }
        """;

    [Fact]
    public void Property_IsImplementedWithItsNumberAndName()
    {
        var source = Generated("namespace Minke.Api.Sample; partial class Box : ApiType { [Field(7)] public partial string PodIP { get; set; } }");
        Assert.Contains("public partial string PodIP", source);
        Assert.Contains("JsonName = \"podIP\", Number = 7", source);
    }

    [Fact]
    public void Summary_BecomesTheDocWithoutItsTags()
    {
        var source = Generated("""
            namespace Minke.Api.Sample;
            /// <summary>A <c>box</c> &lt;of&gt; "things", see <see cref="Box"/>.</summary>
            partial class Box : ApiType { }
            """);
        Assert.Contains("""A box <of> \"things\", see Box.""", source);
    }

    [Theory]
    [InlineData("namespace Elsewhere; partial class Box : ApiType { }", "not declared by an ApiNamespace attribute")]
    [InlineData("namespace Minke.Api.Sample; class Box : ApiType { }", "must be partial")]
    [InlineData("namespace Minke.Api.Sample; partial class Box : ApiType { [Field(1)] public partial int A { get; set; } [Field(1)] public partial int B { get; set; } }", "more than one field number 1")]
    [InlineData("namespace Minke.Api.Sample; partial class Box : ApiType { [Field(1)] public partial int A { get; set; } [Field(2, Name = \"a\")] public partial int B { get; set; } }", "more than one field named a")]
    public void WrongDeclaration_IsACompileError(string source, string message)
    {
        var problem = Assert.Single(Run(source).Diagnostics);
        Assert.Equal(DiagnosticSeverity.Error, problem.Severity);
        Assert.Contains(message, problem.GetMessage());
    }

    [Fact]
    public void ChangeOfAnotherFile_EmitsNothingAnew()
    {
        var compilation = Compile("namespace Minke.Api.Sample; partial class Box : ApiType { [Field(1)] public partial string A { get; set; } }");
        var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var changed = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;", cancellationToken: TestContext.Current.CancellationToken));
        var step = driver.RunGenerators(changed, TestContext.Current.CancellationToken).GetRunResult().Results[0].TrackedSteps[ApiTypeGenerator.TypesStep];
        Assert.All(
            step.SelectMany(run => run.Outputs),
            output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, output.Reason.ToString()));
    }

    private static string Generated(string source)
    {
        var result = Run(source);
        Assert.Empty(result.Diagnostics);
        return string.Concat(result.GeneratedTrees.Select(tree => tree.ToString()));
    }

    private static GeneratorDriverRunResult Run(string source) =>
        Driver().RunGenerators(Compile(source), TestContext.Current.CancellationToken).GetRunResult();

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ApiTypeGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Sample",
        [CSharpSyntaxTree.ParseText(Frame), CSharpSyntaxTree.ParseText("using Minke.Api;\n" + source)],
        [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
}
