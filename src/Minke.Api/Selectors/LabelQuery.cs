using Minke.Api.Meta;

namespace Minke.Api.Selectors;

/// <summary>
/// A label selector in the form that matches objects: all of its requirements have to hold. Immutable; matching does not allocate.
/// (<c>LabelSelector</c> is the API object that stands in specs.)
/// </summary>
public sealed class LabelQuery
{
    /// <summary>Longer texts are refused.</summary>
    public const int MaxTextLength = 128 * 1024;

    private readonly LabelRequirement[] _requirements;

    private LabelQuery(LabelRequirement[] requirements, bool nothing = false)
    {
        _requirements = requirements;
        IsNothing = nothing;
    }

    /// <summary>Matches every object.</summary>
    public static LabelQuery Everything { get; } = new([]);

    /// <summary>Matches no object.</summary>
    public static LabelQuery Nothing { get; } = new([], nothing: true);

    public bool IsEverything => !IsNothing && _requirements.Length == 0;

    public bool IsNothing { get; }

    /// <summary>Sorted by key.</summary>
    public IReadOnlyList<LabelRequirement> Requirements => _requirements;

    /// <summary>Reads the query form, for example <c>app=web,tier notin (db,cache),!canary</c>. The empty text selects everything.</summary>
    /// <exception cref="FormatException">The text is not a selector; the message is the one that Kubernetes gives.</exception>
    public static LabelQuery Parse(string text)
    {
        if (text.Length > MaxTextLength)
        {
            throw new FormatException($"the selector is longer than {MaxTextLength} characters");
        }

        return Of(new LabelParser(text).Parse());
    }

    /// <summary>Requires every one of the labels to have exactly the given value. No labels: everything.</summary>
    public static LabelQuery OfEqualities(IEnumerable<KeyValuePair<string, string>> labels) =>
        Of(labels.Select(label => LabelRequirement.Equality(label.Key, label.Value)));

    /// <summary>The query that a selector in a spec stands for: none selects nothing, an empty one everything.</summary>
    /// <exception cref="FormatException">A key, value or operator is not valid.</exception>
    public static LabelQuery OfSelector(LabelSelector? selector)
    {
        if (selector is null)
        {
            return Nothing;
        }

        var requirements = selector.MatchLabels.Select(label => LabelRequirement.Create(label.Key, LabelOperator.Equals, [label.Value]))
            .Concat(selector.MatchExpressions.Select(term => LabelRequirement.Create(term.Key, OperatorOf(term.Operator), term.Values)));
        return Of(requirements);
    }

    /// <summary>A query of requirements that all have to hold.</summary>
    public static LabelQuery Of(IEnumerable<LabelRequirement> requirements)
    {
        var sorted = requirements.OrderBy(requirement => requirement.Key, StringComparer.Ordinal).ToArray();
        return sorted.Length == 0 ? Everything : new LabelQuery(sorted);
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        if (IsNothing)
        {
            return false;
        }

        foreach (var requirement in _requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The one value that the label must have, when there is just one; for choosing an index.</summary>
    public string? RequiredValue(string key)
    {
        foreach (var requirement in _requirements)
        {
            var exact = requirement.Operator is LabelOperator.Equals or LabelOperator.DoubleEquals or LabelOperator.In;
            if (exact && requirement.Values.Count == 1 && string.Equals(requirement.Key, key, StringComparison.Ordinal))
            {
                return requirement.Values[0];
            }
        }

        return null;
    }

    /// <summary>The query form. <see cref="Nothing"/> and <see cref="Everything"/> are both empty.</summary>
    public override string ToString() => string.Join(',', _requirements.Select(requirement => requirement.ToString()));

    private static LabelOperator OperatorOf(string name) => name switch
    {
        "In" => LabelOperator.In,
        "NotIn" => LabelOperator.NotIn,
        "Exists" => LabelOperator.Exists,
        "DoesNotExist" => LabelOperator.DoesNotExist,
        _ => throw new FormatException($"{GoQuote.Of(name)} is not a valid label selector operator"),
    };
}
