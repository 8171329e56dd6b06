namespace Minke.EndToEnd;

/// <summary>Input that Kubernetes refuses is refused in the same way, and nothing is stored.</summary>
public sealed class BadInputTests(Cluster cluster)
{
    private const string GoodContainer = """{"name":"a","image":"minke.local/demo"}""";

    [Theory]
    [InlineData("", """{"containers":[]}""", 422, "Invalid", "spec.containers: Required value")]
    [InlineData("", "{}", 422, "Invalid", "spec.containers: Required value")]
    [InlineData("", $$"""{"containers":[{{GoodContainer}},{{GoodContainer}}]}""", 422, "Invalid", "spec.containers[1].name: Duplicate value: \"a\"")]
    [InlineData("", """{"containers":[{"name":"a"}]}""", 422, "Invalid", "spec.containers[0].image: Required value")]
    [InlineData("", """{"containers":[{"name":"A_b","image":"x"}]}""", 422, "Invalid", "spec.containers[0].name: Invalid value")]
    [InlineData("?fieldValidation=Strict", $$"""{"containers":[{{GoodContainer}}],"wrong":1}""", 400, "BadRequest", "unknown field \"spec.wrong\"")]
    [InlineData("?fieldValidation=Strict", """{"containers":[{"name":"a","name":"b","image":"x"}]}""", 400, "BadRequest", "duplicate field \"spec.containers[0].name\"")]
    [InlineData("", """{"containers":"none"}""", 400, "BadRequest", "containers")]
    [InlineData("", $$"""{"containers":[{{GoodContainer}}],"terminationGracePeriodSeconds":"soon"}""", 400, "BadRequest", "terminationGracePeriodSeconds")]
    [InlineData("", $$"""{"containers":[{{GoodContainer}}],"restartPolicy":"Sometimes"}""", 422, "Invalid", "spec.restartPolicy: Unsupported value: \"Sometimes\"")]
    public async Task BadPod_IsRefusedAndNotStored(string query, string spec, int code, string reason, string message)
    {
        var (instance, ns) = await BeginAsync();
        using var api = await RawApi.ConnectAsync(instance);

        var (status, body) = await api.PostAsync($"/api/v1/namespaces/{ns}/pods{query}",
            $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"bad"},"spec":{{spec}}}""");

        Assert.Equal((code, reason), (status, (string?)body?["reason"]));
        Assert.Equal("Status", (string?)body!["kind"]);
        Assert.Contains(message, (string?)body["message"], StringComparison.Ordinal);
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/pods/bad")).Code);
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Pod",""", "application/json", 400)]
    [InlineData("a: [b", "application/yaml", 400)]
    [InlineData("k8s\0\u0001\u0002\u0003", "application/vnd.kubernetes.protobuf", 400)]
    [InlineData("not even an envelope", "application/vnd.kubernetes.protobuf", 400)]
    [InlineData("<pod/>", "application/xml", 415)]
    [InlineData("", "application/json", 400)]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"}}""", "application/json", 400)]
    [InlineData("""{"apiVersion":"v2","kind":"Pod","metadata":{"name":"x"}}""", "application/json", 400)]
    public async Task BrokenBody_IsABadRequest(string body, string contentType, int code)
    {
        var (instance, ns) = await BeginAsync();
        using var api = await RawApi.ConnectAsync(instance);

        var (status, answer) = await api.PostAsync($"/api/v1/namespaces/{ns}/pods", body, contentType);

        Assert.Equal(code, status);
        Assert.Equal("Failure", (string?)answer!["status"]);
    }

    [Fact]
    public async Task ObjectOfTenMegabytes_IsTooLarge()
    {
        var (instance, ns) = await BeginAsync();
        using var api = await RawApi.ConnectAsync(instance);
        var body = $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"big"},"data":{"x":"{{{new string('x', 10 << 20)}}}"}}""";

        var (status, answer) = await api.PostAsync($"/api/v1/namespaces/{ns}/configmaps", body);

        Assert.Equal((413, "RequestEntityTooLarge"), (status, (string?)answer!["reason"]));
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/big")).Code);
    }

    [Fact]
    public async Task DeepNesting_IsABadRequest()
    {
        var (instance, ns) = await BeginAsync();
        using var api = await RawApi.ConnectAsync(instance);

        var (status, _) = await api.PostAsync($"/api/v1/namespaces/{ns}/pods", string.Concat(Enumerable.Repeat("""{"spec":""", 100_000)));

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task StaleUpdate_IsAConflict()
    {
        var (instance, ns) = await BeginAsync();
        using var api = await RawApi.ConnectAsync(instance);
        var path = $"/api/v1/namespaces/{ns}/configmaps";
        var (_, created) = await api.PostAsync(path, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}""");
        created!["data"] = new System.Text.Json.Nodes.JsonObject { ["a"] = "1" };
        var body = System.Text.Encoding.UTF8.GetBytes(created.ToJsonString());
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Put, path + "/c", body)).Code);

        var (status, answer) = await api.SendAsync(HttpMethod.Put, path + "/c", body);

        Assert.Equal((409, "Conflict"), (status, (string?)answer!["reason"]));
        Assert.Equal((409, "AlreadyExists"), await ReasonAsync(api.PostAsync(path, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}""")));
    }

    [Fact]
    public async Task AnonymousRequest_GetsOnlyHealthAndVersion()
    {
        var (instance, _) = await BeginAsync();
        using var api = await RawApi.ConnectAsync(instance, anonymous: true);

        foreach (var path in new[] { "/livez", "/readyz", "/healthz", "/version" })
        {
            Assert.Equal(200, (await api.SendAsync(HttpMethod.Get, path)).Code);
        }

        foreach (var path in new[] { "/api", "/apis", "/api/v1/pods", "/openapi/v3", "/metrics", "/nothing" })
        {
            Assert.Equal((401, "Unauthorized"), await ReasonAsync(api.SendAsync(HttpMethod.Get, path)));
        }
    }

    private static async Task<(int Code, string? Reason)> ReasonAsync(Task<(int Code, System.Text.Json.Nodes.JsonNode? Body)> answer)
    {
        var (code, body) = await answer;
        return (code, (string?)body!["reason"]);
    }

    private async Task<(Instance Instance, string Namespace)> BeginAsync()
    {
        var instance = cluster.Get();
        return (instance, await instance.NamespaceAsync("bad"));
    }
}
