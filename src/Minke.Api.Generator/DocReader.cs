using System;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Minke.Api.Generator;

/// <summary>
/// Reads the summary of a declaration from its comment text. The symbol's documentation is empty unless the compiler writes a documentation
/// file, which the build does not.
/// </summary>
internal static class DocReader
{
    private static readonly Regex SummaryPattern = new("<summary>(.*?)</summary>", RegexOptions.Singleline);
    private static readonly Regex TagPattern = new("<[^>]*?(?:cref|name)=\"([^\"]*)\"[^>]*/>|<[^>]+>");

    public static string Summary(SyntaxNode node)
    {
        var lines = node.GetLeadingTrivia().ToFullString().Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line.Substring(3).Trim());
        var match = SummaryPattern.Match(string.Join(" ", lines));
        return match.Success ? Unescape(TagPattern.Replace(match.Groups[1].Value, "$1")).Trim() : "";
    }

    private static string Unescape(string text) => text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&amp;", "&");
}
