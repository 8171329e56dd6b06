using System.Net;
using static Minke.ApiServer.Tests.Http.HttpFixture;

namespace Minke.ApiServer.Tests.Http;

public sealed class PathTests(HttpFixture server) : IClassFixture<HttpFixture>
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/api/v2/pods", 404)]
    [InlineData("GET", "/api/v1/unicorns", 404)]
    [InlineData("GET", "/apis/nowhere.example", 404)]
    [InlineData("GET", "/api/v1/namespaces/default/nodes", 404)]
    [InlineData("GET", "/api/v1/namespaces/default/pods/x/unknown", 404)]
    [InlineData("POST", "/api/v1/pods", 405)]
    [InlineData("POST", "/api/v1/namespaces/default/pods/x", 405)]
    [InlineData("PUT", "/api/v1/namespaces/default/pods", 405)]
    [InlineData("POST", "/api/v1/namespaces/default/pods/x/status", 405)]
    [InlineData("GET", "/api/v1/namespaces/default/bindings", 405)]
    [InlineData("DELETE", "/version", 405)]
    public async Task WrongPathOrMethod_IsAStatus(string method, string path, int expected)
    {
        var (code, body) = await server.JsonAsync(new HttpMethod(method), path, method == "GET" ? null : "{}");

        Assert.Equal(expected, code);
        Assert.Equal("Status", (string?)body["kind"]);
        Assert.Equal(expected, (int?)body["code"]);
    }

    [Fact]
    public async Task AggregatedDiscovery_TellsAllOfTheCoreGroup()
    {
        using var response = await server.SendAsync(HttpMethod.Get, "/api", accept: Aggregated);
        var body = await ReadAsync(response);

        Assert.Equal("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", response.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
        var pods = body["items"]![0]!["versions"]![0]!["resources"]!.AsArray().Single(r => (string?)r!["resource"] == "pods")!;
        Assert.Equal("Namespaced", (string?)pods["scope"]);
        Assert.Equal(["po"], pods["shortNames"]!.AsArray().Select(s => (string?)s));
        Assert.Contains(pods["subresources"]!.AsArray(), s => (string?)s!["subresource"] == "status");
    }

    [Fact]
    public async Task LegacyDiscovery_ListsResourcesAndSubresources()
    {
        var (_, body) = await server.JsonAsync(HttpMethod.Get, "/api/v1");
        var names = body["resources"]!.AsArray().Select(r => (string?)r!["name"]).ToList();

        Assert.Equal("APIResourceList", (string?)body["kind"]);
        Assert.Contains("pods", names);
        Assert.Contains("pods/eviction", names);
        Assert.Contains("replicationcontrollers/scale", names);
    }

    [Fact]
    public async Task Groups_AreListedWithTheirPreferredVersion()
    {
        var (_, body) = await server.JsonAsync(HttpMethod.Get, "/apis");

        var group = body["groups"]!.AsArray().Single(g => (string?)g!["name"] == "coordination.k8s.io")!;
        Assert.Equal("coordination.k8s.io/v1", (string?)group["preferredVersion"]!["groupVersion"]);
    }

    [Theory]
    [InlineData("/openapi/v2")]
    [InlineData("/openapi/v3")]
    [InlineData("/openapi/v3/api/v1")]
    [InlineData("/version")]
    public async Task KnownDocument_IsNotSentAgain(string path)
    {
        using var first = await server.SendAsync(HttpMethod.Get, path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.Tag);

        using var second = await server.Admin.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task OpenApiV2_IsServedInProtobuf()
    {
        using var response = await server.SendAsync(
            HttpMethod.Get, "/openapi/v2", accept: "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");

        Assert.Equal("application/com.github.proto-openapi.spec.v2.v1.0+protobuf", response.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_IsTheReleaseThatIsImplemented()
    {
        var (_, body) = await server.JsonAsync(HttpMethod.Get, "/version");

        Assert.Equal("v1.36.0+minke", (string?)body["gitVersion"]);
    }

    [Fact]
    public async Task VerboseHealth_ListsTheChecks()
    {
        using var response = await server.SendAsync(HttpMethod.Get, "/readyz?verbose");

        Assert.Equal("[+]ping ok\n[+]store ok\n[+]caches ok\n[+]shutdown ok\nreadyz check passed\n", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Metrics_CountRequests()
    {
        await server.JsonAsync(HttpMethod.Get, "/api/v1/nodes");

        using var response = await server.SendAsync(HttpMethod.Get, "/metrics", accept: "*/*");

        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("apiserver_request_total{verb=\"list\",resource=\"nodes\",code=\"200\"}", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE apiserver_request_duration_seconds histogram", text, StringComparison.Ordinal);
    }
}
