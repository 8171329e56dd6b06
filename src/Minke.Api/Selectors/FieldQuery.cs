namespace Minke.Api.Selectors;

/// <summary>One condition on one field: it equals the value, or does not.</summary>
public readonly record struct FieldTerm(string Field, string Value, bool Negated)
{
    public bool Matches(string actual) => string.Equals(actual, Value, StringComparison.Ordinal) != Negated;

    public override string ToString() => $"{Field}{(Negated ? "!=" : "=")}{FieldQuery.Escape(Value)}";
}

/// <summary>
/// A field selector, for example <c>metadata.name=x,spec.nodeName!=y</c>: all of its terms have to hold. A field that is absent counts as
/// empty. Immutable; matching does not allocate. In values, comma, equals sign and backslash are escaped by a backslash.
/// </summary>
public sealed class FieldQuery
{
    /// <summary>Longer texts are refused.</summary>
    public const int MaxTextLength = 128 * 1024;

    private readonly FieldTerm[] _terms;

    private FieldQuery(FieldTerm[] terms) => _terms = terms;

    /// <summary>Matches every object.</summary>
    public static FieldQuery Everything { get; } = new([]);

    public bool IsEverything => _terms.Length == 0;

    public IReadOnlyList<FieldTerm> Terms => _terms;

    /// <summary>Reads the query form. The empty text selects everything.</summary>
    /// <exception cref="FormatException">The text is not a selector; the message is the one that Kubernetes gives.</exception>
    public static FieldQuery Parse(string text)
    {
        if (text.Length > MaxTextLength)
        {
            throw new FormatException($"the selector is longer than {MaxTextLength} characters");
        }

        return Of(SplitTerms(text).Where(term => term.Length > 0).Order(StringComparer.Ordinal).Select(term => ParseTerm(text, term)));
    }

    public static FieldQuery Of(params IEnumerable<FieldTerm> terms)
    {
        var all = terms.ToArray();
        return all.Length == 0 ? Everything : new FieldQuery(all);
    }

    /// <param name="source">What <paramref name="valueOf"/> reads fields of; passed on so that a static function can be given.</param>
    /// <param name="valueOf">The value of a field; empty when it is absent.</param>
    public bool Matches<TSource>(TSource source, Func<TSource, string, string> valueOf)
    {
        foreach (var term in _terms)
        {
            if (!term.Matches(valueOf(source, term.Field)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The one value that the field must have, when there is one; for choosing an index.</summary>
    public string? RequiredValue(string field)
    {
        foreach (var term in _terms)
        {
            if (!term.Negated && string.Equals(term.Field, field, StringComparison.Ordinal))
            {
                return term.Value;
            }
        }

        return null;
    }

    /// <summary>The query form, which <see cref="Parse"/> reads back.</summary>
    public override string ToString() => string.Join(',', _terms);

    /// <summary>Escapes a value for the query form.</summary>
    public static string Escape(string value) =>
        value.AsSpan().IndexOfAny(",=\\") < 0
            ? value
            : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);

    private static List<string> SplitTerms(string text)
    {
        List<string> terms = [];
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                terms.Add(text[start..i]);
                start = i + 1;
            }
        }

        terms.Add(text[start..]);
        return terms;
    }

    private static FieldTerm ParseTerm(string text, string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            var rest = term.AsSpan(i);
            if (term[i] == '\\')
            {
                i++;
            }
            else if (rest.StartsWith("!=") || rest.StartsWith("=="))
            {
                return new FieldTerm(term[..i], Unescape(term[(i + 2)..]), Negated: term[i] == '!');
            }
            else if (term[i] == '=')
            {
                return new FieldTerm(term[..i], Unescape(term[(i + 1)..]), Negated: false);
            }
        }

        throw new FormatException($"invalid selector: '{text}'; can't understand '{term}'");
    }

    private static string Unescape(string value)
    {
        if (value.AsSpan().IndexOfAny(",=\\") < 0)
        {
            return value;
        }

        var result = new System.Text.StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is ',' or '=')
            {
                throw new FormatException($"invalid field selector: unescaped character in value: {c}");
            }

            if (c == '\\')
            {
                i++;
                if (i == value.Length || value[i] is not ('\\' or ',' or '='))
                {
                    throw new FormatException($"invalid field selector: invalid escape sequence: \\{(i < value.Length ? value[i] : "")}");
                }

                c = value[i];
            }

            result.Append(c);
        }

        return result.ToString();
    }
}
