using System.Text.Json.Nodes;

namespace Minke.ApiServer.Tests.Http;

public sealed class SubresourceTests(HttpFixture server) : IClassFixture<HttpFixture>
{
    private const string Pod = """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""";
    private const string Controller = """
        {"metadata":{"name":"rc"},"spec":{"replicas":2,"selector":{"app":"x"},
         "template":{"metadata":{"labels":{"app":"x"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
        """;

    [Theory]
    [InlineData("pods/p/binding")]
    [InlineData("bindings")]
    public async Task Binding_AssignsTheNodeOnce(string path)
    {
        var ns = await NewPodAsync();
        const string Binding = """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"n1"}}""";

        var (first, _) = await server.JsonAsync(HttpMethod.Post, $"{ns}/{path}", Binding);
        var (second, _) = await server.JsonAsync(HttpMethod.Post, $"{ns}/{path}", Binding);

        Assert.Equal((201, 409), (first, second));
        Assert.Equal("n1", (string?)(await PodAsync(ns))["spec"]!["nodeName"]);
    }

    [Fact]
    public async Task Eviction_DeletesThePod()
    {
        var ns = await NewPodAsync();

        var (code, _) = await server.JsonAsync(
            HttpMethod.Post, $"{ns}/pods/p/eviction", """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""");

        Assert.Equal(201, code);
        Assert.Equal(404, (await server.JsonAsync(HttpMethod.Get, $"{ns}/pods/p")).Code);
    }

    [Fact]
    public async Task EvictionOfTheOldVersion_IsAcceptedToo()
    {
        var ns = await NewPodAsync();

        var (code, _) = await server.JsonAsync(
            HttpMethod.Post, $"{ns}/pods/p/eviction", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""");

        Assert.Equal(201, code);
    }

    [Fact]
    public async Task Status_IsWrittenApart()
    {
        var ns = await NewPodAsync();

        var (code, pod) = await server.JsonAsync(
            HttpMethod.Patch, $"{ns}/pods/p/status", """{"status":{"phase":"Running"},"spec":{"nodeName":"x"}}""", "application/merge-patch+json");

        Assert.Equal(200, code);
        Assert.Equal("Running", (string?)pod["status"]!["phase"]);
        Assert.Null(pod["spec"]!["nodeName"]);
    }

    [Fact]
    public async Task Scale_ReadsAndWritesTheReplicas()
    {
        var ns = $"/api/v1/namespaces/{await server.NewNamespaceAsync()}";
        await server.JsonAsync(HttpMethod.Post, $"{ns}/replicationcontrollers", Controller);
        var path = $"{ns}/replicationcontrollers/rc/scale";

        var (_, scale) = await server.JsonAsync(HttpMethod.Get, path);
        scale["spec"]!["replicas"] = 5;
        var (code, updated) = await server.JsonAsync(HttpMethod.Put, path, scale.ToJsonString());
        var (_, patched) = await server.JsonAsync(HttpMethod.Patch, path, """{"spec":{"replicas":7}}""", "application/merge-patch+json");

        Assert.Equal("Scale", (string?)scale["kind"]);
        Assert.Equal("app=x", (string?)scale["status"]!["selector"]);
        Assert.Equal(200, code);
        Assert.Equal(5, (int?)updated["spec"]!["replicas"]);
        Assert.Equal(7, (int?)patched["spec"]!["replicas"]);
    }

    [Fact]
    public async Task NegativeScale_IsInvalid()
    {
        var ns = $"/api/v1/namespaces/{await server.NewNamespaceAsync()}";
        await server.JsonAsync(HttpMethod.Post, $"{ns}/replicationcontrollers", Controller);

        var (code, error) = await server.JsonAsync(
            HttpMethod.Patch, $"{ns}/replicationcontrollers/rc/scale", """{"spec":{"replicas":-1}}""", "application/merge-patch+json");

        Assert.Equal(422, code);
        Assert.Equal("spec.replicas", (string?)error["details"]!["causes"]![0]!["field"]);
    }

    private async Task<string> NewPodAsync()
    {
        var ns = $"/api/v1/namespaces/{await server.NewNamespaceAsync()}";
        var (code, _) = await server.JsonAsync(HttpMethod.Post, $"{ns}/pods", Pod);
        Assert.Equal(201, code);
        return ns;
    }

    private async Task<JsonNode> PodAsync(string ns) => (await server.JsonAsync(HttpMethod.Get, $"{ns}/pods/p")).Body;
}
