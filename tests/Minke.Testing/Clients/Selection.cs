using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Selectors;

namespace Minke.Testing.Clients;

/// <summary>Which objects a list or watch asks for.</summary>
internal static class Selection
{
    public static bool Matches(ApiObject item, string @namespace, string labels, string fields) =>
        (@namespace.Length == 0 || item.Metadata.Namespace == @namespace)
        && LabelQuery.Parse(labels).Matches(item.Metadata.Labels)
        && FieldQuery.Parse(fields).Matches(item, Field);

    private static string Field(ApiObject item, string path) => (path, item) switch
    {
        ("metadata.name", _) => item.Metadata.Name,
        ("metadata.namespace", _) => item.Metadata.Namespace,
        ("spec.nodeName", Pod pod) => pod.Spec.NodeName,
        ("status.phase", Pod pod) => pod.Status.Phase,
        _ => throw new NotSupportedException($"the field {path} of {item.Kind}"),
    };
}
