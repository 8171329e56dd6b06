using System.Text.Json;
using Minke.ApiServer.Http;

namespace Minke.ApiServer.Discovery;

/// <summary>All resources of many groups in one document (<c>APIGroupDiscoveryList</c>, KEP-3352).</summary>
internal static class AggregatedDiscovery
{
    /// <param name="version">The version of apidiscovery.k8s.io: <c>v2</c> or <c>v2beta1</c>; the two have the same fields.</param>
    public static ReadOnlyMemory<byte> Document(IEnumerable<ServedGroupVersion> served, string version) => JsonBuffer.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "APIGroupDiscoveryList"u8);
        json.WriteString("apiVersion"u8, "apidiscovery.k8s.io/" + version);
        json.WriteStartObject("metadata"u8);
        json.WriteEndObject();
        json.WriteStartArray("items"u8);
        foreach (var group in served.GroupBy(gv => gv.Group))
        {
            WriteGroup(json, group);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteGroup(Utf8JsonWriter json, IGrouping<string, ServedGroupVersion> group)
    {
        json.WriteStartObject();
        json.WriteStartObject("metadata"u8);
        json.WriteString("name"u8, group.Key);
        json.WriteNull("creationTimestamp"u8);
        json.WriteEndObject();
        json.WriteStartArray("versions"u8);
        foreach (var gv in group)
        {
            json.WriteStartObject();
            json.WriteString("version"u8, gv.Version);
            json.WriteStartArray("resources"u8);
            foreach (var resource in gv.Resources)
            {
                WriteResource(json, resource);
            }

            json.WriteEndArray();
            json.WriteString("freshness"u8, "Current"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, ServedResource resource)
    {
        var kind = resource.Kind;
        json.WriteStartObject();
        json.WriteString("resource"u8, kind.Plural);
        WriteKind(json, kind.Group, kind.Version, kind.Kind);
        json.WriteString("scope"u8, kind.Namespaced ? "Namespaced"u8 : "Cluster"u8);
        json.WriteString("singularResource"u8, kind.Singular);
        DiscoveryJson.WriteStrings(json, "verbs"u8, kind.Verbs);
        DiscoveryJson.WriteStringsIfAny(json, "shortNames"u8, kind.ShortNames);
        DiscoveryJson.WriteStringsIfAny(json, "categories"u8, kind.Categories);
        if (resource.Subresources.Count > 0)
        {
            json.WriteStartArray("subresources"u8);
            foreach (var subresource in resource.Subresources)
            {
                json.WriteStartObject();
                json.WriteString("subresource"u8, subresource.Name);
                WriteKind(json, subresource.Group, subresource.Version, subresource.Kind);
                DiscoveryJson.WriteStrings(json, "verbs"u8, subresource.Verbs);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter json, string group, string version, string kind)
    {
        json.WriteStartObject("responseKind"u8);
        json.WriteString("group"u8, group);
        json.WriteString("version"u8, version);
        json.WriteString("kind"u8, kind);
        json.WriteEndObject();
    }
}
