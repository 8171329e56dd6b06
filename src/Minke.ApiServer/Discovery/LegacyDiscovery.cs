using System.Text.Json;
using Minke.ApiServer.Http;

namespace Minke.ApiServer.Discovery;

/// <summary>The discovery documents that there is one of per group and version (<c>APIGroupList</c>, <c>APIResourceList</c> and so on).</summary>
internal static class LegacyDiscovery
{
    /// <summary>Every document by its path.</summary>
    public static IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Documents(IReadOnlyList<ServedGroupVersion> served)
    {
        var groups = served.Where(gv => gv.Group.Length > 0).GroupBy(gv => gv.Group).ToList();
        yield return new("/api", JsonBuffer.Write(json => WriteVersions(json, served.Where(gv => gv.Group.Length == 0))));
        yield return new("/apis", JsonBuffer.Write(json => WriteGroups(json, groups)));
        foreach (var group in groups)
        {
            yield return new($"/apis/{group.Key}", JsonBuffer.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("kind"u8, "APIGroup"u8);
                json.WriteString("apiVersion"u8, "v1"u8);
                WriteGroupMembers(json, group);
                json.WriteEndObject();
            }));
        }

        foreach (var gv in served)
        {
            yield return new((gv.Group.Length == 0 ? "/api/" : "/apis/") + gv.Name, JsonBuffer.Write(json => WriteResources(json, gv)));
        }
    }

    private static void WriteVersions(Utf8JsonWriter json, IEnumerable<ServedGroupVersion> core)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "APIVersions"u8);
        json.WriteStartArray("versions"u8);
        foreach (var gv in core)
        {
            json.WriteStringValue(gv.Version);
        }

        json.WriteEndArray();
        json.WriteStartArray("serverAddressByClientCIDRs"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, IEnumerable<IGrouping<string, ServedGroupVersion>> groups)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "APIGroupList"u8);
        json.WriteString("apiVersion"u8, "v1"u8);
        json.WriteStartArray("groups"u8);
        foreach (var group in groups)
        {
            json.WriteStartObject();
            WriteGroupMembers(json, group);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGroupMembers(Utf8JsonWriter json, IGrouping<string, ServedGroupVersion> group)
    {
        json.WriteString("name"u8, group.Key);
        json.WriteStartArray("versions"u8);
        foreach (var gv in group)
        {
            json.WriteStartObject();
            WriteGroupVersion(json, gv);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("preferredVersion"u8);
        WriteGroupVersion(json, group.First());
        json.WriteEndObject();
    }

    private static void WriteGroupVersion(Utf8JsonWriter json, ServedGroupVersion gv)
    {
        json.WriteString("groupVersion"u8, gv.Name);
        json.WriteString("version"u8, gv.Version);
    }

    private static void WriteResources(Utf8JsonWriter json, ServedGroupVersion gv)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, "APIResourceList"u8);
        json.WriteString("apiVersion"u8, "v1"u8);
        json.WriteString("groupVersion"u8, gv.Name);
        json.WriteStartArray("resources"u8);
        foreach (var resource in gv.Resources)
        {
            WriteResource(json, resource);
            foreach (var subresource in resource.Subresources)
            {
                WriteSubresource(json, resource, subresource);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, ServedResource resource)
    {
        var kind = resource.Kind;
        json.WriteStartObject();
        json.WriteString("name"u8, kind.Plural);
        json.WriteString("singularName"u8, kind.Singular);
        json.WriteBoolean("namespaced"u8, kind.Namespaced);
        json.WriteString("kind"u8, kind.Kind);
        DiscoveryJson.WriteStrings(json, "verbs"u8, kind.Verbs);
        DiscoveryJson.WriteStringsIfAny(json, "shortNames"u8, kind.ShortNames);
        DiscoveryJson.WriteStringsIfAny(json, "categories"u8, kind.Categories);
        json.WriteEndObject();
    }

    private static void WriteSubresource(Utf8JsonWriter json, ServedResource resource, Api.Subresource subresource)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, $"{resource.Kind.Plural}/{subresource.Name}");
        json.WriteString("singularName"u8, ""u8);
        json.WriteBoolean("namespaced"u8, resource.Kind.Namespaced);
        if (subresource.Group != resource.Kind.Group || subresource.Version != resource.Kind.Version)
        {
            json.WriteString("group"u8, subresource.Group);
            json.WriteString("version"u8, subresource.Version);
        }

        json.WriteString("kind"u8, subresource.Kind);
        DiscoveryJson.WriteStrings(json, "verbs"u8, subresource.Verbs);
        json.WriteEndObject();
    }
}
