using System.Net;
using Minke.ApiServer.Security;
using Minke.ApiServer.Tests.Security;
using static Minke.ApiServer.Tests.Http.HttpFixture;

namespace Minke.ApiServer.Tests.Http;

public sealed class AccessTests(HttpFixture server) : IClassFixture<HttpFixture>
{
    [Theory]
    [InlineData("/livez", 200)]
    [InlineData("/readyz", 200)]
    [InlineData("/readyz/store", 200)]
    [InlineData("/healthz", 200)]
    [InlineData("/version", 200)]
    [InlineData("/api", 401)]
    [InlineData("/apis", 401)]
    [InlineData("/metrics", 401)]
    [InlineData("/openapi/v2", 401)]
    [InlineData("/api/v1/pods", 401)]
    [InlineData("/nothing", 401)]
    public async Task WithoutACertificate_OnlyHealthAndVersionAreAnswered(string path, int expected)
    {
        using var response = await server.NewClient(null).GetAsync(path, Cancel);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task BearerToken_IsUnauthorized()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/version");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer abc");

        using var response = await server.NewClient(null).SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Unauthorized", (string?)(await ReadAsync(response))["reason"]);
    }

    [Fact]
    public async Task CertificateOfAnotherAuthority_IsUnauthorized()
    {
        using var directory = new TemporaryDirectory();
        using var stranger = ClusterPki.Open(directory["pki"], [], TimeProvider.System);

        using var response = await server.NewClient(stranger.Admin).GetAsync("/api/v1/pods", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Node_MayReadPodsButNotDeleteConfigMaps()
    {
        using var certificate = server.Pki.NodeClient("n1");
        var node = server.NewClient(certificate);

        using var read = await node.GetAsync("/api/v1/pods", Cancel);
        using var refused = await node.DeleteAsync("/api/v1/namespaces/default/configmaps/a", Cancel);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(
            "configmaps \"a\" is forbidden: User \"system:node:n1\" cannot delete resource \"configmaps\" in API group \"\" in the namespace \"default\"",
            (string?)(await ReadAsync(refused))["message"]);
    }

    [Fact]
    public async Task Node_MayNotWriteAnotherNode()
    {
        using var certificate = server.Pki.NodeClient("n1");

        using var response = await server.NewClient(certificate).PutAsync("/api/v1/nodes/n2", new StringContent("{}"), Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task OtherUser_MayLookUpTheApiOnly()
    {
        using var certificate = server.Pki.Authority.Issue(CertificateSpec.ForClient("jane", "developers"));
        var jane = server.NewClient(certificate);

        using var discovery = await jane.GetAsync("/apis", Cancel);
        using var refused = await jane.GetAsync("/api/v1/namespaces/default/pods", Cancel);

        Assert.Equal(HttpStatusCode.OK, discovery.StatusCode);
        Assert.Equal(
            "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"",
            (string?)(await ReadAsync(refused))["message"]);
    }

    [Fact]
    public async Task WhoAmI_TellsUserAndGroups()
    {
        var (code, review) = await server.JsonAsync(HttpMethod.Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");

        Assert.Equal(201, code);
        Assert.Equal("minke-admin", (string?)review["status"]!["userInfo"]!["username"]);
        Assert.Contains(review["status"]!["userInfo"]!["groups"]!.AsArray(), g => (string?)g == "system:masters");
    }

    [Theory]
    [InlineData("get", "pods", "", true)]
    [InlineData("delete", "configmaps", "", false)]
    [InlineData("update", "nodes", "n1", true)]
    [InlineData("update", "nodes", "n2", false)]
    public async Task CanI_AnswersAsAuthorizationWould(string verb, string resource, string name, bool allowed)
    {
        using var certificate = server.Pki.NodeClient("n1");
        var body = $$$"""{"spec":{"resourceAttributes":{"verb":"{{{verb}}}","resource":"{{{resource}}}","name":"{{{name}}}"} } }""";

        using var response = await server.NewClient(certificate).PostAsync(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            Cancel);

        Assert.Equal(allowed, (bool?)(await ReadAsync(response))["status"]!["allowed"]);
    }

    [Fact]
    public async Task Rules_OfTheAdministratorAreEverything()
    {
        var (_, review) = await server.JsonAsync(
            HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """{"spec":{"namespace":"default"}}""");

        Assert.Equal("*", (string?)review["status"]!["resourceRules"]![0]!["verbs"]![0]);
    }
}
