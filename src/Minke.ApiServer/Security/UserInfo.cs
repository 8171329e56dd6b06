using System.Security.Cryptography.X509Certificates;

namespace Minke.ApiServer.Security;

/// <summary>Who makes a request.</summary>
public sealed record UserInfo(string Name, IReadOnlyList<string> Groups)
{
    /// <summary>The group that may do everything.</summary>
    public const string Masters = "system:masters";
    /// <summary>The group of node agents.</summary>
    public const string Nodes = "system:nodes";
    private const string Authenticated = "system:authenticated";
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    /// <summary>A request that proves nothing.</summary>
    public static UserInfo Anonymous { get; } = new("system:anonymous", ["system:unauthenticated"]);

    /// <summary>The user that a verified client certificate names: the common name is the user, each organization a group.</summary>
    public static UserInfo Of(X509Certificate2 certificate)
    {
        var name = "";
        var groups = new List<string>();
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements || part.GetSingleElementValue() is not { } value)
            {
                continue;
            }

            if (part.GetSingleElementType().Value == CommonNameOid)
            {
                name = value;
            }
            else if (part.GetSingleElementType().Value == OrganizationOid)
            {
                groups.Add(value);
            }
        }

        groups.Add(Authenticated);
        return new UserInfo(name, groups);
    }

    public bool IsAuthenticated => IsIn(Authenticated);

    public bool IsIn(string group) => Groups.Contains(group, StringComparer.Ordinal);
}
