using Minke.Api;

namespace Minke.ApiServer.Discovery;

/// <summary>One group and version with its resources, as discovery tells of them.</summary>
internal sealed record ServedGroupVersion(string Group, string Version, IReadOnlyList<ServedResource> Resources)
{
    public string Name => Group.Length == 0 ? Version : $"{Group}/{Version}";
}

/// <summary>A resource with the subresources that the server answers.</summary>
internal sealed record ServedResource(KindInfo Kind, IReadOnlyList<Subresource> Subresources);

/// <summary>What the server serves.</summary>
internal static class ServedResources
{
    /// <param name="isServed">Whether somebody answers a subresource, for example <c>pods/log</c>.</param>
    public static IReadOnlyList<ServedGroupVersion> Of(IReadOnlyList<KindInfo> kinds, Func<KindInfo, Subresource, bool> isServed) =>
    [
        .. kinds
            .Where(kind => kind.IsResource)
            .GroupBy(kind => (kind.Group, kind.Version))
            .OrderBy(group => group.Key.Group, StringComparer.Ordinal)
            .Select(group => new ServedGroupVersion(
                group.Key.Group,
                group.Key.Version,
                [
                    .. group
                        .OrderBy(kind => kind.Plural, StringComparer.Ordinal)
                        .Select(kind => new ServedResource(kind, [.. kind.Subresources.Where(s => isServed(kind, s))])),
                ])),
    ];
}
