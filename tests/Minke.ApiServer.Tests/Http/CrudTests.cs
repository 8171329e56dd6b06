using System.Net;
using System.Text;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using static Minke.ApiServer.Tests.Http.HttpFixture;

namespace Minke.ApiServer.Tests.Http;

public sealed class CrudTests(HttpFixture server) : IClassFixture<HttpFixture>
{
    private const string Map = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"v"}}""";

    [Fact]
    public async Task CreateReadDelete_AnswerAsKubernetesDoes()
    {
        var maps = await MapsAsync();

        var (created, item) = await server.JsonAsync(HttpMethod.Post, maps, Map);
        var (read, same) = await server.JsonAsync(HttpMethod.Get, maps + "/a");
        var (deleted, status) = await server.JsonAsync(HttpMethod.Delete, maps + "/a");
        var (gone, notFound) = await server.JsonAsync(HttpMethod.Get, maps + "/a");

        Assert.Equal((201, 200, 200, 404), (created, read, deleted, gone));
        Assert.Equal("ConfigMap", (string?)item["kind"]);
        Assert.Equal((string?)item["metadata"]!["resourceVersion"], (string?)same["metadata"]!["resourceVersion"]);
        Assert.Equal("Success", (string?)status["status"]);
        Assert.Equal("configmaps \"a\" not found", (string?)notFound["message"]);
        Assert.Equal("NotFound", (string?)notFound["reason"]);
    }

    [Fact]
    public async Task Update_NeedsTheNewestVersion()
    {
        var maps = await MapsAsync();
        var (_, item) = await server.JsonAsync(HttpMethod.Post, maps, Map);
        item["data"]!["k"] = "new";
        var (first, _) = await server.JsonAsync(HttpMethod.Put, maps + "/a", item.ToJsonString());

        var (second, error) = await server.JsonAsync(HttpMethod.Put, maps + "/a", item.ToJsonString());

        Assert.Equal((200, 409), (first, second));
        Assert.Equal("Conflict", (string?)error["reason"]);
    }

    [Fact]
    public async Task UnknownField_IsRefusedWhenStrict()
    {
        var maps = await MapsAsync();
        const string Wrong = """{"metadata":{"name":"a"},"dta":{"k":"v"}}""";

        var (code, error) = await server.JsonAsync(HttpMethod.Post, maps + "?fieldValidation=Strict", Wrong);

        Assert.Equal(400, code);
        Assert.Contains("unknown field \"dta\"", (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(404, (await server.JsonAsync(HttpMethod.Get, maps + "/a")).Code);
    }

    [Fact]
    public async Task UnknownField_IsAWarningByDefault()
    {
        var maps = await MapsAsync();

        using var response = await server.SendAsync(HttpMethod.Post, maps, """{"metadata":{"name":"a"},"dta":{"k":"v"}}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Contains("unknown field", response.Headers.GetValues("Warning").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("""{"metadata":{"name":7}}""", "application/json")]
    [InlineData("a: [", "application/yaml")]
    [InlineData("nonsense", "application/vnd.kubernetes.protobuf")]
    public async Task BrokenBody_IsABadRequest(string body, string contentType)
    {
        var (code, error) = await server.JsonAsync(HttpMethod.Post, await MapsAsync(), body, contentType);

        Assert.Equal(400, code);
        Assert.Equal("Status", (string?)error["kind"]);
        Assert.Equal("BadRequest", (string?)error["reason"]);
    }

    [Fact]
    public async Task UnknownMediaType_IsRefused()
    {
        var (code, error) = await server.JsonAsync(HttpMethod.Post, await MapsAsync(), Map, "text/plain");

        Assert.Equal(415, code);
        Assert.Equal("UnsupportedMediaType", (string?)error["reason"]);
    }

    [Fact]
    public async Task UnknownAccept_IsRefused()
    {
        var (code, _) = await server.JsonAsync(HttpMethod.Get, await MapsAsync(), accept: "text/html");

        Assert.Equal(406, code);
    }

    [Fact]
    public async Task TooLargeBody_IsRefused()
    {
        var body = $$$"""{"metadata":{"name":"a"},"data":{"k":"{{{new string('x', 4 * 1024 * 1024)}}}"}}""";

        var (code, error) = await server.JsonAsync(HttpMethod.Post, await MapsAsync(), body);

        Assert.Equal(413, code);
        Assert.Equal("RequestEntityTooLarge", (string?)error["reason"]);
    }

    [Fact]
    public async Task YamlBody_IsUnderstood()
    {
        var (code, item) = await server.JsonAsync(HttpMethod.Post, await MapsAsync(), "metadata:\n  name: a\ndata:\n  k: v\n", "application/yaml");

        Assert.Equal(201, code);
        Assert.Equal("v", (string?)item["data"]!["k"]);
    }

    [Fact]
    public async Task ProtobufBody_IsUnderstoodAndAnswered()
    {
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = "a" }, Data = new ApiMap<string> { ["k"] = "v" } };

        using var response = await server.SendAsync(
            HttpMethod.Post, await MapsAsync(), ApiProto.Encode(map), ApiProto.MediaType, ApiProto.MediaType);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(ApiProto.MediaType, response.Content.Headers.ContentType!.MediaType);
        var answer = ApiProto.Decode<ConfigMap>(await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("v", answer.Data["k"]);
        Assert.NotEqual("", answer.Metadata.Uid);
    }

    [Fact]
    public async Task DryRun_StoresNothing()
    {
        var maps = await MapsAsync();

        var (code, item) = await server.JsonAsync(HttpMethod.Post, maps + "?dryRun=All", Map);

        Assert.Equal(201, code);
        Assert.Equal("v", (string?)item["data"]!["k"]);
        Assert.Equal(404, (await server.JsonAsync(HttpMethod.Get, maps + "/a")).Code);
    }

    [Theory]
    [InlineData("application/merge-patch+json", """{"data":{"x":"1"}}""")]
    [InlineData("application/strategic-merge-patch+json", """{"data":{"x":"1"}}""")]
    [InlineData("application/json-patch+json", """[{"op":"add","path":"/data/x","value":"1"}]""")]
    [InlineData("application/apply-patch+yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '1'}\n")]
    public async Task Patch_ChangesWhatItSays(string type, string patch)
    {
        var maps = await MapsAsync();
        await server.JsonAsync(HttpMethod.Post, maps, Map);

        var (code, item) = await server.JsonAsync(HttpMethod.Patch, maps + "/a?fieldManager=test", patch, type);

        Assert.Equal(200, code);
        Assert.Equal("v", (string?)item["data"]!["k"]);
        Assert.Equal("1", (string?)item["data"]!["x"]);
    }

    [Fact]
    public async Task ApplyOfAMissingObject_CreatesIt()
    {
        var maps = await MapsAsync();

        var (code, _) = await server.JsonAsync(HttpMethod.Patch, maps + "/a?fieldManager=test", Map, "application/apply-patch+yaml");

        Assert.Equal(201, code);
    }

    [Fact]
    public async Task DeleteCollection_DeletesWhatIsSelected()
    {
        var maps = await MapsAsync();
        await server.JsonAsync(HttpMethod.Post, maps, """{"metadata":{"name":"one","labels":{"app":"x"}}}""");
        await server.JsonAsync(HttpMethod.Post, maps, """{"metadata":{"name":"two","labels":{"app":"x"}}}""");
        await server.JsonAsync(HttpMethod.Post, maps, """{"metadata":{"name":"three"}}""");

        var (code, list) = await server.JsonAsync(HttpMethod.Delete, maps + "?labelSelector=app%3Dx");

        Assert.Equal(200, code);
        Assert.Equal(2, list["items"]!.AsArray().Count);
        var left = (await server.JsonAsync(HttpMethod.Get, maps)).Body["items"]!.AsArray();
        Assert.Equal("three", (string?)Assert.Single(left)!["metadata"]!["name"]);
    }

    [Fact]
    public async Task FieldManager_IsTheUserAgentByDefault()
    {
        var maps = await MapsAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, maps) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Map)) };
        request.Headers.TryAddWithoutValidation("User-Agent", "kubectl/v1.35.2 (linux/amd64)");
        using var response = await server.Admin.SendAsync(request, Cancel);

        var item = await ReadAsync(response);

        Assert.Equal("kubectl", (string?)item["metadata"]!["managedFields"]![0]!["manager"]);
    }

    private async Task<string> MapsAsync() => $"/api/v1/namespaces/{await server.NewNamespaceAsync()}/configmaps";
}
