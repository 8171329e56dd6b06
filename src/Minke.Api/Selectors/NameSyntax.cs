using System.Buffers;
using System.Text;

namespace Minke.Api.Selectors;

/// <summary>
/// The syntax of names, label keys and values, environment variable names and the like, as Kubernetes defines them (apimachinery's validation
/// package; RFC 1035, RFC 1123). Every method gives the complaints about a value, in the words that clients know; none means that it is valid.
/// Lengths are counted in UTF-8 bytes.
/// </summary>
public static class NameSyntax
{
    public const int LabelMaxLength = 63;
    public const int SubdomainMaxLength = 253;

    private const string Dns1123LabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string Dns1123SubdomainPattern = Dns1123LabelPattern + "(\\." + Dns1123LabelPattern + ")*";
    private const string Dns1035LabelPattern = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string LabelKeyPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string LabelValuePattern = "(" + LabelKeyPattern + ")?";

    private static readonly SearchValues<char> s_lowerAlphanumericOrDash = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> s_labelChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>One label of a DNS name (RFC 1123): lower case letters, digits and dashes, at most 63 bytes.</summary>
    public static IReadOnlyList<string> Dns1123Label(string value)
    {
        if (value.Length <= LabelMaxLength && IsDns1123Label(value))
        {
            return [];
        }

        var complaints = TooLong(value, LabelMaxLength);
        if (!IsDns1123Label(value))
        {
            complaints.Add(IsDns1123Subdomain(value)
                ? "must not contain dots"
                : Pattern(
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                    Dns1123LabelPattern,
                    "my-name",
                    "123-abc"));
        }

        return complaints;
    }

    /// <summary>A DNS name (RFC 1123): labels separated by dots, at most 253 bytes.</summary>
    public static IReadOnlyList<string> Dns1123Subdomain(string value)
    {
        if (value.Length <= SubdomainMaxLength && IsDns1123Subdomain(value))
        {
            return [];
        }

        var complaints = TooLong(value, SubdomainMaxLength);
        if (!IsDns1123Subdomain(value))
        {
            complaints.Add(Pattern(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
                Dns1123SubdomainPattern,
                "example.com"));
        }

        return complaints;
    }

    /// <summary>One label of a DNS name (RFC 1035): like RFC 1123, but it starts with a letter.</summary>
    public static IReadOnlyList<string> Dns1035Label(string value)
    {
        var valid = IsDns1123Label(value) && char.IsAsciiLetterLower(value[0]);
        if (valid && value.Length <= LabelMaxLength)
        {
            return [];
        }

        var complaints = TooLong(value, LabelMaxLength);
        if (!valid)
        {
            complaints.Add(Pattern(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
                Dns1035LabelPattern,
                "my-name",
                "abc-123"));
        }

        return complaints;
    }

    /// <summary>A label key, also called a qualified name: an optional DNS subdomain and a slash, then a name of at most 63 bytes.</summary>
    public static IReadOnlyList<string> LabelKey(string value)
    {
        var slash = value.IndexOf('/');
        var name = slash < 0 ? value : value[(slash + 1)..];
        if (slash >= 0 && name.Contains('/'))
        {
            return [$"a valid label key {LabelKeyRule()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        List<string>? complaints = null;
        if (slash == 0)
        {
            (complaints ??= []).Add("prefix part must be non-empty");
        }
        else if (slash > 0 && Dns1123Subdomain(value[..slash]) is { Count: > 0 } inPrefix)
        {
            (complaints ??= []).AddRange(inPrefix.Select(message => "prefix part " + message));
        }

        if (NamePart(name) is { } inName)
        {
            (complaints ??= []).AddRange(inName);
        }

        return complaints ?? (IReadOnlyList<string>)[];
    }

    /// <summary>A label value: empty, or at most 63 bytes that begin and end with a letter or digit.</summary>
    public static IReadOnlyList<string> LabelValue(string value)
    {
        var valid = value.Length == 0 || IsLabelName(value);
        if (valid && value.Length <= LabelMaxLength)
        {
            return [];
        }

        var complaints = TooLong(value, LabelMaxLength);
        if (!valid)
        {
            complaints.Add(Pattern(
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                LabelValuePattern,
                "MyValue",
                "my_value",
                "12345"));
        }

        return complaints;
    }

    /// <summary>A key of a ConfigMap or Secret, which becomes a file name.</summary>
    public static IReadOnlyList<string> ConfigMapKey(string value)
    {
        var complaints = TooLong(value, SubdomainMaxLength);
        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(s_labelChars))
        {
            complaints.Add(Pattern(
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.'", "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name"));
        }

        AddParentDirectory(value, complaints);
        return complaints;
    }

    /// <summary>An environment variable's name: printable ASCII without '='.</summary>
    public static IReadOnlyList<string> EnvironmentVariableName(string value)
    {
        if (value.Length == 0)
        {
            return ["environment variable name must be non-empty"];
        }

        return value.AsSpan().ContainsAnyExceptInRange(' ', '~') || value.Contains('=')
            ? ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
            : [];
    }

    /// <summary>An identifier of the C language.</summary>
    public static IReadOnlyList<string> CIdentifier(string value)
    {
        var valid = value.Length > 0 && !char.IsAsciiDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return valid
            ? []
            : [Pattern(
                "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
                "[A-Za-z_][A-Za-z0-9_]*",
                "my_name",
                "MY_NAME",
                "MyName")];
    }

    /// <summary>The name of a container's port: at most 15 lower case letters, digits and dashes with at least one letter (RFC 6335).</summary>
    public static IReadOnlyList<string> PortName(string value)
    {
        var complaints = TooLong(value, 15);
        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(s_lowerAlphanumericOrDash))
        {
            complaints.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }

        if (!value.AsSpan().ContainsAnyInRange('a', 'z'))
        {
            complaints.Add("must contain at least one letter (a-z)");
        }

        if (value.Contains("--", StringComparison.Ordinal))
        {
            complaints.Add("must not contain consecutive hyphens");
        }

        if (value.StartsWith('-') || value.EndsWith('-'))
        {
            complaints.Add("must not begin or end with a hyphen");
        }

        return complaints;
    }

    /// <summary>The name of an HTTP header.</summary>
    public static IReadOnlyList<string> HttpHeaderName(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? []
            : [Pattern("a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+", "X-Header-Name")];

    /// <summary>A complaint about a number outside of a range.</summary>
    public static string InclusiveRange(long low, long high) => $"must be between {low} and {high}, inclusive";

    private static bool IsDns1123Label(ReadOnlySpan<char> value) =>
        value.Length > 0 && value[0] != '-' && value[^1] != '-' && !value.ContainsAnyExcept(s_lowerAlphanumericOrDash);

    private static bool IsDns1123Subdomain(ReadOnlySpan<char> value)
    {
        foreach (var part in value.Split('.'))
        {
            if (!IsDns1123Label(value[part]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabelName(ReadOnlySpan<char> value) =>
        value.Length > 0 && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1]) && !value.ContainsAnyExcept(s_labelChars);

    private static List<string>? NamePart(string name)
    {
        if (name.Length <= LabelMaxLength && IsLabelName(name))
        {
            return null;
        }

        List<string> complaints = [];
        if (name.Length == 0)
        {
            complaints.Add("name part must be non-empty");
        }
        else if (Encoding.UTF8.GetByteCount(name) > LabelMaxLength)
        {
            complaints.Add($"name part must be no more than {LabelMaxLength} characters");
        }

        if (!IsLabelName(name))
        {
            complaints.Add("name part " + LabelKeyRule());
        }

        return complaints;
    }

    private static string LabelKeyRule() => Pattern(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        LabelKeyPattern,
        "MyName",
        "my.name",
        "123-abc");

    private static List<string> TooLong(string value, int maxLength) =>
        Encoding.UTF8.GetByteCount(value) > maxLength ? [$"must be no more than {maxLength} characters"] : [];

    private static void AddParentDirectory(string value, List<string> complaints)
    {
        if (value is "." or "..")
        {
            complaints.Add($"must not be '{value}'");
        }
        else if (value.StartsWith("..", StringComparison.Ordinal))
        {
            complaints.Add("must not start with '..'");
        }
    }

    private static string Pattern(string rule, string pattern, params ReadOnlySpan<string> examples)
    {
        var text = new StringBuilder(rule).Append(" (e.g. ");
        for (var i = 0; i < examples.Length; i++)
        {
            text.Append(i > 0 ? "or '" : "'").Append(examples[i]).Append("', ");
        }

        return text.Append("regex used for validation is '").Append(pattern).Append("')").ToString();
    }
}
