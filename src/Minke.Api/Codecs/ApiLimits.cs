namespace Minke.Api;

/// <summary>Bounds on what the codecs accept, so that a small hostile body cannot become a large object.</summary>
public static class ApiLimits
{
    /// <summary>The largest request body, in bytes (kube-apiserver's limit).</summary>
    public const int MaxBodyBytes = 3 * 1024 * 1024;

    /// <summary>The deepest nesting of a JSON, YAML or protobuf document.</summary>
    public const int MaxDepth = 256;

    /// <summary>The most list elements, map entries and nested objects in one object.</summary>
    public const int MaxNodes = 100_000;

    /// <summary>How many unknown and duplicate fields are told to the client; the rest are not counted.</summary>
    public const int MaxFieldComplaints = 100;
}
