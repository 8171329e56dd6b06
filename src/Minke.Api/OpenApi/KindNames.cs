namespace Minke.Api.OpenApi;

/// <summary>Which group, version and kind a schema stands for; clients look schemas up by it.</summary>
internal static class KindNames
{
    public const string MetaPrefix = "io.k8s.apimachinery.pkg.apis.meta.v1";

    private static readonly Lazy<Dictionary<string, (string Group, string Version, string Kind)>> BySchema = new(Collect);

    public static (string Group, string Version, string Kind)? Of(string schemaName) =>
        BySchema.Value.TryGetValue(schemaName, out var names) ? names : null;

    private static Dictionary<string, (string Group, string Version, string Kind)> Collect()
    {
        var names = new Dictionary<string, (string Group, string Version, string Kind)>
        {
            [Meta.Status.TypeSchema.Name] = ("", "v1", "Status"),
            [Meta.DeleteOptions.TypeSchema.Name] = ("", "v1", "DeleteOptions"),
        };
        foreach (var kind in Kinds.All)
        {
            names[kind.Schema.Name] = (kind.Group, kind.Version, kind.Kind);
            names[ResourcePaths.ListSchema(kind)] = (kind.Group, kind.Version, kind.ListKind);
        }

        return names;
    }
}
