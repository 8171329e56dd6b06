namespace Minke.ApiServer.Security;

/// <summary>What somebody wants to do, as authorization sees it.</summary>
/// <param name="Verb">For example <c>list</c>; for paths that are no resources the HTTP method in lower case.</param>
/// <param name="Resource">The plural; empty for a path that is no resource.</param>
/// <param name="Path">The URL path.</param>
public readonly record struct RequestAttributes(
    string Verb, string Group, string Resource, string Subresource, string Namespace, string Name, string Path)
{
    public bool IsResource => Resource.Length > 0;

    public bool IsReadOnly => Verb is "get" or "list" or "watch";

    /// <summary>A request for a path that is no resource.</summary>
    public static RequestAttributes ForPath(string method, string path) => new(method.ToLowerInvariant(), "", "", "", "", "", path);

    /// <summary>Resource and subresource, for example <c>pods/status</c>.</summary>
    public string ResourceAndSubresource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";
}
