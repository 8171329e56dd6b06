using System.Text.RegularExpressions;

namespace Minke.Node.Images;

/// <summary>
/// Image names as people write them and as runtimes store them: <c>demo</c> is <c>docker.io/library/demo:latest</c>. The rules are those of the
/// distribution project's reference package, which containerd and Docker use.
/// </summary>
public static partial class ImageReference
{
    private const int NameLengthMax = 255;
    private const string DefaultDomain = "docker.io";

    /// <summary>Images with this domain are made on this machine; no registry has them (.local never resolves in DNS, RFC 6762).</summary>
    public const string LocalDomain = "minke.local";

    /// <summary>The full form of a name with an optional tag and no digest.</summary>
    /// <exception cref="FormatException">The name is not valid; the message says why.</exception>
    public static string Normalize(string name)
    {
        var slash = name.IndexOf('/');
        var first = slash < 0 ? "" : name[..slash];
        var isDomain = first.Contains('.') || first.Contains(':') || first == "localhost";
        var (domain, rest) = isDomain ? (first, name[(slash + 1)..]) : (DefaultDomain, slash < 0 ? "library/" + name : name);
        var colon = rest.LastIndexOf(':');
        var (path, tag) = colon < 0 ? (rest, "latest") : (rest[..colon], rest[(colon + 1)..]);

        if (!PathPattern().IsMatch(path) || !DomainPattern().IsMatch(domain))
        {
            throw new FormatException($"'{name}' is not an image name: use lower-case letters, digits and - _ . between slashes");
        }

        if (!TagPattern().IsMatch(tag))
        {
            throw new FormatException($"'{tag}' is not an image tag: use up to 128 letters, digits and _ . -");
        }

        return domain.Length + 1 + path.Length <= NameLengthMax
            ? $"{domain}/{path}:{tag}"
            : throw new FormatException($"the image name is longer than {NameLengthMax} characters");
    }

    /// <summary>Whether an image can only come from this machine, so that asking a registry for it is pointless.</summary>
    public static bool IsLocal(string reference) => reference.StartsWith(LocalDomain + "/", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex DomainPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TagPattern();
}
