using System.Text;
using System.Text.Json.Nodes;
using Minke.Api.OpenApi;

namespace Minke.Api.Tests.OpenApi;

public sealed class OpenApiDocumentTests
{
    [Theory]
    [InlineData("/api/v1/namespaces/{namespace}/pods/{name}", "Pod")]
    [InlineData("/api/v1/nodes/{name}", "Node")]
    [InlineData("/api/v1/namespaces/{namespace}/replicationcontrollers/{name}/scale", "Scale")]
    public void V3_PatchOfAKind_TellsWhatKubectlLooksFor(string path, string kind)
    {
        var patch = V3("api/v1")["paths"]![path]!["patch"]!;
        Assert.Equal(kind, (string?)patch["x-kubernetes-group-version-kind"]!["kind"]);
        Assert.NotNull(patch["requestBody"]!["content"]!["application/strategic-merge-patch+json"]);
        var parameters = patch["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]).ToList();
        Assert.Contains("dryRun", parameters);
        Assert.Contains("fieldValidation", parameters);
    }

    [Fact]
    public void V3_Containers_AreMergedByName()
    {
        var field = V3("api/v1")["components"]!["schemas"]!["io.k8s.api.core.v1.PodSpec"]!["properties"]!["containers"]!;
        Assert.Equal("map", (string?)field["x-kubernetes-list-type"]);
        Assert.Equal("name", (string?)field["x-kubernetes-list-map-keys"]![0]);
        Assert.Equal("name", (string?)field["x-kubernetes-patch-merge-key"]);
        Assert.Equal("merge", (string?)field["x-kubernetes-patch-strategy"]);
        Assert.Equal("#/components/schemas/io.k8s.api.core.v1.Container", (string?)field["items"]!["$ref"]);
    }

    [Fact]
    public void V3_InlinedFields_AreFlat()
    {
        var volume = V3("api/v1")["components"]!["schemas"]!["io.k8s.api.core.v1.Volume"]!["properties"]!.AsObject();
        Assert.True(volume.ContainsKey("name"));
        Assert.True(volume.ContainsKey("emptyDir"));
    }

    [Theory]
    [InlineData("api/v1")]
    [InlineData("apis/coordination.k8s.io/v1")]
    [InlineData("apis/events.k8s.io/v1")]
    public void V3_EveryReference_IsInTheDocument(string groupVersion) =>
        AssertReferencesResolve(V3(groupVersion), "#/components/schemas/", document => document["components"]!["schemas"]!.AsObject());

    [Fact]
    public void V2_EveryReference_IsInTheDocument() =>
        AssertReferencesResolve(Parse(OpenApiDocuments.V2Json()), "#/definitions/", document => document["definitions"]!.AsObject());

    [Fact]
    public void V2_EveryKind_CanBeFoundByItsGroupVersionAndKind()
    {
        var found = Parse(OpenApiDocuments.V2Json())["definitions"]!.AsObject()
            .Select(definition => definition.Value!["x-kubernetes-group-version-kind"]?[0])
            .OfType<JsonNode>()
            .Select(names => ((string)names["group"]!, (string)names["version"]!, (string)names["kind"]!))
            .ToHashSet();
        Assert.All(Kinds.All, kind => Assert.Contains((kind.Group, kind.Version, kind.Kind), found));
    }

    [Fact]
    public void V2_OperationIds_AreUnique()
    {
        var ids = Parse(OpenApiDocuments.V2Json())["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(entry => entry.Key != "parameters").Select(entry => (string)entry.Value!["operationId"]!))
            .ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void V3_UnknownGroup_IsNull() => Assert.Null(OpenApiDocuments.V3("apis/nothing/v1"));

    [Fact]
    public void V3Index_NamesEveryDocumentWithItsHash()
    {
        var paths = Parse(OpenApiDocuments.V3Index())["paths"]!.AsObject();
        Assert.Contains("api/v1", paths.Select(path => path.Key));
        Assert.All(paths, path => Assert.Equal(
            $"/openapi/v3/{path.Key}?hash={OpenApiDocuments.Hash(OpenApiDocuments.V3(path.Key)!.Value.Span)}",
            (string?)path.Value!["serverRelativeURL"]));
    }

    [Fact]
    public void Documents_TogetherAreSmall()
    {
        var bytes = OpenApiDocuments.V2Json().Length + OpenApiDocuments.V2Proto().Length + OpenApiDocuments.V3("api/v1")!.Value.Length;
        Assert.InRange(bytes, 1, 3_000_000);
    }

    [Fact]
    public void EveryFieldAndType_HasAShortDoc()
    {
        var schemas = Parse(OpenApiDocuments.V2Json())["definitions"]!.AsObject();
        var without = schemas.SelectMany(schema => (schema.Value!["properties"]?.AsObject() ?? [])
                .Where(field => field.Value!["description"] is null).Select(field => $"{schema.Key}.{field.Key}"))
            .Concat(schemas.Where(schema => schema.Value!["description"] is null).Select(schema => schema.Key));
        Assert.Empty(without);
    }

    [Fact]
    public void DaemonEndpoint_KeepsItsUpperCaseName() =>
        Assert.Equal("""{"Port":10250}""", Encoding.UTF8.GetString(ApiJson.EncodeValue(new Minke.Api.Core.DaemonEndpoint { Port = 10250 })));

    private static void AssertReferencesResolve(JsonNode document, string prefix, Func<JsonNode, JsonObject> schemas)
    {
        var known = schemas(document);
        var references = References(document).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(reference.StartsWith(prefix, StringComparison.Ordinal) && known.ContainsKey(reference[prefix.Length..]), reference));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field.Key == "$ref" ? [(string)field.Value!] : References(field.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static JsonNode V3(string groupVersion) => Parse(OpenApiDocuments.V3(groupVersion)!.Value);

    private static JsonNode Parse(ReadOnlyMemory<byte> json) => JsonNode.Parse(Encoding.UTF8.GetString(json.Span))!;
}
