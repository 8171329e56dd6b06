using System.Globalization;
using System.Text;
using Minke.Api;

namespace Minke.Client.Http;

/// <summary>Builds the relative addresses of the Kubernetes API.</summary>
internal static class ResourceUri
{
    public static string Of(KindInfo kind, string @namespace, string name = "", string subresource = "")
    {
        var path = new StringBuilder(kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}");
        if (kind.Namespaced && @namespace.Length > 0)
        {
            path.Append("/namespaces/").Append(Uri.EscapeDataString(@namespace));
        }

        path.Append('/').Append(kind.Plural);
        if (name.Length > 0)
        {
            path.Append('/').Append(Uri.EscapeDataString(name));
        }

        if (subresource.Length > 0)
        {
            path.Append('/').Append(Uri.EscapeDataString(subresource));
        }

        return path.ToString();
    }

    public static string ListQuery(ListRequest request) => Query(
        ("labelSelector", request.LabelSelector),
        ("fieldSelector", request.FieldSelector),
        ("resourceVersion", request.ResourceVersion),
        ("limit", request.Limit == 0 ? "" : request.Limit.ToString(CultureInfo.InvariantCulture)),
        ("continue", request.Continue));

    public static string WatchQuery(WatchRequest request) => Query(
        ("watch", "true"),
        ("allowWatchBookmarks", "true"),
        ("labelSelector", request.LabelSelector),
        ("fieldSelector", request.FieldSelector),
        ("resourceVersion", request.ResourceVersion));

    public static string PatchQuery(PatchBody patch) => Query(("fieldManager", patch.FieldManager), ("force", patch.Force ? "true" : ""));

    private static string Query(params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (value.Length > 0)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return query.ToString();
    }
}
