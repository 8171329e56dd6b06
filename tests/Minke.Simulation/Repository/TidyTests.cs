using System.Text.RegularExpressions;
using Xunit;

namespace Minke.Simulation.Repository;

public sealed partial class TidyTests(ITestOutputHelper output)
{
    private const int LongFile = 500;

    private static IEnumerable<string> Sources => RepositoryFiles.Under("src", "*.cs").Concat(RepositoryFiles.Under("tests", "*.cs"));

    [Fact]
    public void Sources_HaveNoLeftoversAndNoRegions()
    {
        // Put together here, so that this file does not find itself.
        string[] unwanted = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "#" + "region", "NotImplemented" + "Exception"];
        var found = Sources.SelectMany(path => RepositoryFiles.Read(path).Split('\n')
            .Select((line, index) => (Place: $"{path}:{index + 1}", Line: line))
            .Where(entry => unwanted.Any(word => Regex.IsMatch(entry.Line, word.StartsWith('#') ? word : $@"\b{word}\b", RegexOptions.NonBacktracking)))
            .Select(entry => $"{entry.Place} {entry.Line.Trim()}"));

        Assert.Empty(found);
    }

    [Fact]
    public void TypeNames_SayWhatTheThingIs()
    {
        // A field manager is what server-side apply calls whoever owns a field.
        string[] terms = ["FieldManager"];
        var vague = Sources.Where(path => VagueName().IsMatch(Path.GetFileNameWithoutExtension(path)!) && !terms.Contains(Path.GetFileNameWithoutExtension(path)));

        Assert.Empty(vague);
    }

    [Fact]
    public void DocumentLinks_LeadSomewhere()
    {
        List<string> broken = [];
        foreach (var page in RepositoryFiles.Under("docs", "*.md").Append("README.md"))
        {
            foreach (Match link in Link().Matches(RepositoryFiles.Read(page)))
            {
                var target = link.Groups[1].Value.Split('#')[0];
                var isLocal = target.Length > 0 && !target.Contains("://", StringComparison.Ordinal);
                if (isLocal && !Path.Exists(Path.Combine(RepositoryFiles.Root, Path.GetDirectoryName(page)!, target)))
                {
                    broken.Add($"{page}: {target}");
                }
            }
        }

        Assert.Empty(broken);
    }

    /// <summary>Long files are told of, not forbidden; each wants a reason.</summary>
    [Fact]
    public void LongestFiles_AreReported()
    {
        var longest = Sources.Select(static path => (Path: path, Lines: RepositoryFiles.Read(path).AsSpan().Count('\n'))).OrderByDescending(static file => file.Lines).Take(20);
        foreach (var (path, lines) in longest)
        {
            output.WriteLine($"{lines,5} {path}{(lines > LongFile ? "  <- over " + LongFile : "")}");
        }

        Assert.NotEmpty(Sources);
    }

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities)$", RegexOptions.CultureInvariant)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
