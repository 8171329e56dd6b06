namespace Minke.ApiServer.Http;

/// <summary>
/// What a path under <c>/api/</c> or <c>/apis/</c> names. Parts that the path does not have are empty.
/// </summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">The plural name, for example <c>pods</c>; empty when the path names only a group and version.</param>
/// <param name="Subresource">For example <c>status</c>.</param>
/// <param name="Remainder">What follows the subresource, without the slash in between (<c>pods/x/proxy/a/b</c>: <c>a/b</c>).</param>
/// <param name="WatchPrefix">The path used the old form <c>/api/v1/watch/…</c>, which asks for a watch.</param>
public readonly record struct ResourcePath(
    string Group, string Version, string Namespace, string Resource, string Name, string Subresource, string Remainder, bool WatchPrefix)
{
    private const string Namespaces = "namespaces";

    /// <summary>
    /// Reads a decoded path: <c>/api/v1[/namespaces/NS]/RESOURCE[/NAME[/SUBRESOURCE[/…]]]</c> and the same under <c>/apis/GROUP/VERSION</c>.
    /// False when the path has another form.
    /// </summary>
    public static bool TryParse(string path, out ResourcePath result)
    {
        result = default;
        var rest = path.AsSpan().TrimStart('/');
        string group;
        switch (Next(ref rest))
        {
            case "api":
                group = "";
                break;
            case "apis":
                group = Next(ref rest).ToString();
                break;
            default:
                return false;
        }

        var version = Next(ref rest).ToString();
        if (version.Length == 0)
        {
            return false;
        }

        var first = Next(ref rest);
        var watch = first is "watch";
        if (watch)
        {
            first = Next(ref rest);
        }

        result = first is Namespaces
            ? UnderNamespaces(group, version, rest)
            : Plain(group, version, "", first, rest);
        result = result with { WatchPrefix = watch };
        return result.IsWellFormed();
    }

    // Either an object of the kind Namespace (with a known subresource) or objects in a namespace.
    private static ResourcePath UnderNamespaces(string group, string version, ReadOnlySpan<char> rest)
    {
        var whole = rest;
        var name = Next(ref rest).ToString();
        var resource = Next(ref rest);
        return resource.Length == 0 || (group.Length == 0 && resource is "status" or "finalize")
            ? Plain(group, version, "", Namespaces, whole)
            : Plain(group, version, name, resource, rest);
    }

    private static ResourcePath Plain(string group, string version, string ns, ReadOnlySpan<char> resource, ReadOnlySpan<char> rest)
    {
        var name = Next(ref rest).ToString();
        var subresource = Next(ref rest).ToString();
        return new ResourcePath(group, version, ns, resource.ToString(), name, subresource, rest.ToString(), WatchPrefix: false);
    }

    private bool IsWellFormed() => Subresource.Length > 0 ? Name.Length > 0 && Resource.Length > 0 : Remainder.Length == 0;

    /// <summary>Cuts the next segment off, with the slash behind it.</summary>
    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? [] : rest[(slash + 1)..];
        return segment;
    }
}
