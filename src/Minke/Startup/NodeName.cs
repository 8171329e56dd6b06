using System.Text.RegularExpressions;

namespace Minke.Startup;

/// <summary>Node names are DNS subdomains (RFC 1123), because clients put them into URLs and labels.</summary>
internal static partial class NodeName
{
    private const int LengthMax = 253;

    public static void Check(string? name, Action<string> complain)
    {
        if (name is null || name.Length > LengthMax || !Subdomain().IsMatch(name))
        {
            complain($"'{name}' cannot be a node's name: use lower-case letters, digits, '-' and '.', and choose it with --node-name");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();
}
