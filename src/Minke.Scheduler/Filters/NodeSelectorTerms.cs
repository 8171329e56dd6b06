using Minke.Api.Core;

namespace Minke.Scheduler;

/// <summary>Whether a node has what node selector terms ask for.</summary>
public static class NodeSelectorTerms
{
    /// <summary>One of the terms matches. No terms match nothing.</summary>
    public static bool AnyMatches(IEnumerable<NodeSelectorTerm> terms, Node node)
    {
        foreach (var term in terms)
        {
            if (Matches(term, node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All requirements of the term hold. A term without requirements matches nothing.</summary>
    public static bool Matches(NodeSelectorTerm term, Node node)
    {
        if (term.MatchExpressions.Count == 0 && term.MatchFields.Count == 0)
        {
            return false;
        }

        return term.MatchExpressions.All(requirement => Holds(requirement, node.Metadata.Labels.TryGetValue(requirement.Key, out var value) ? value : null))
            && term.MatchFields.All(requirement => requirement.Key == "metadata.name" && Holds(requirement, node.Metadata.Name));
    }

    private static bool Holds(NodeSelectorRequirement requirement, string? actual) => requirement.Operator switch
    {
        "In" => actual is not null && requirement.Values.Contains(actual),
        "NotIn" => actual is null || !requirement.Values.Contains(actual),
        "Exists" => actual is not null,
        "DoesNotExist" => actual is null,
        "Gt" => Compare(actual, requirement) is > 0,
        "Lt" => Compare(actual, requirement) is < 0,
        _ => false,
    };

    private static int? Compare(string? actual, NodeSelectorRequirement requirement) =>
        requirement.Values.Count == 1
        && long.TryParse(actual, System.Globalization.CultureInfo.InvariantCulture, out var left)
        && long.TryParse(requirement.Values[0], System.Globalization.CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;
}
