namespace Minke.Api;

/// <summary>Which Kubernetes release's API this is.</summary>
public static class ApiRelease
{
    public const string Major = "1";
    public const string Minor = "36";

    /// <summary>In the form that clients parse for version skew.</summary>
    public const string GitVersion = "v1.36.0";
}
