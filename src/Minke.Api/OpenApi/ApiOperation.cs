namespace Minke.Api.OpenApi;

/// <summary>One HTTP method on one path, as the documents describe it.</summary>
/// <param name="Method">In lower case.</param>
/// <param name="Action">The Kubernetes verb: get, list, post, put, patch, delete, deletecollection, connect.</param>
/// <param name="Request">The schema of the body; null for none.</param>
/// <param name="Response">The schema of the answer; null for a string or a stream.</param>
internal sealed record ApiOperation(
    string Method,
    string Action,
    string Group,
    string Version,
    string Kind,
    string? Request,
    string? Response,
    IReadOnlyList<ApiParameter> Query);

/// <summary>A query or path parameter.</summary>
/// <param name="Type">boolean, integer or string.</param>
internal sealed record ApiParameter(string Name, string Type, string Doc);

/// <summary>A path and what it answers.</summary>
internal sealed record ApiPath(string Path, bool HasNamespace, bool HasName, IReadOnlyList<ApiOperation> Operations);
