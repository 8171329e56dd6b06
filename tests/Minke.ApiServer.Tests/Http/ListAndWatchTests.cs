using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Minke.Api;
using static Minke.ApiServer.Tests.Http.HttpFixture;

namespace Minke.ApiServer.Tests.Http;

public sealed class ListAndWatchTests(HttpFixture server) : IClassFixture<HttpFixture>
{
    private const string TableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    [Fact]
    public async Task List_HasKindVersionAndItems()
    {
        var maps = await MapsAsync("a", "b");

        var (code, list) = await server.JsonAsync(HttpMethod.Get, maps);

        Assert.Equal(200, code);
        Assert.Equal("ConfigMapList", (string?)list["kind"]);
        Assert.Equal("v1", (string?)list["apiVersion"]);
        Assert.NotNull((string?)list["metadata"]!["resourceVersion"]);
        Assert.Equal(["a", "b"], Names(list));
    }

    [Fact]
    public async Task Limit_GivesPagesUntilAllAreRead()
    {
        var maps = await MapsAsync("a", "b", "c");

        var (_, first) = await server.JsonAsync(HttpMethod.Get, maps + "?limit=2");
        var next = Uri.EscapeDataString((string)first["metadata"]!["continue"]!);
        var (_, second) = await server.JsonAsync(HttpMethod.Get, $"{maps}?limit=2&continue={next}");

        Assert.Equal(["a", "b"], Names(first));
        Assert.Equal(1, (int?)first["metadata"]!["remainingItemCount"]);
        Assert.Equal(["c"], Names(second));
        Assert.Null(second["metadata"]!["continue"]);
    }

    [Fact]
    public async Task FieldSelector_FindsByName()
    {
        var maps = await MapsAsync("a", "b");

        Assert.Equal(["b"], Names((await server.JsonAsync(HttpMethod.Get, maps + "?fieldSelector=metadata.name%3Db")).Body));
        Assert.Equal(["a"], Names((await server.JsonAsync(HttpMethod.Get, maps + "?fieldSelector=metadata.name!%3Db,metadata.namespace!%3Dx")).Body));
    }

    [Theory]
    [InlineData("configmaps", "data.k=v", "\"data.k\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("pods", "spec.x=v", "field label not supported: spec.x")]
    public async Task UnknownFieldSelector_IsABadRequest(string resource, string selector, string message)
    {
        var (code, error) = await server.JsonAsync(HttpMethod.Get, $"/api/v1/{resource}?fieldSelector={Uri.EscapeDataString(selector)}");

        Assert.Equal(400, code);
        Assert.Equal(message, (string?)error["message"]);
    }

    [Fact]
    public async Task Table_HasColumnsAndCells()
    {
        var maps = await MapsAsync("a");

        var (_, table) = await server.JsonAsync(HttpMethod.Get, maps, accept: TableAccept);

        Assert.Equal("Table", (string?)table["kind"]);
        Assert.Equal(["Name", "Data", "Age"], table["columnDefinitions"]!.AsArray().Select(c => (string?)c!["name"]));
        var row = Assert.Single(table["rows"]!.AsArray())!;
        Assert.Equal("a", (string?)row["cells"]![0]);
        Assert.Equal(1, (int?)row["cells"]![1]);
        Assert.Equal("PartialObjectMetadata", (string?)row["object"]!["kind"]);
    }

    [Theory]
    [InlineData("None", null)]
    [InlineData("Object", "ConfigMap")]
    public async Task IncludeObject_DecidesWhatRowsCarry(string include, string? kind)
    {
        var maps = await MapsAsync("a");

        var (_, table) = await server.JsonAsync(HttpMethod.Get, $"{maps}?includeObject={include}", accept: TableAccept);

        Assert.Equal(kind, (string?)table["rows"]![0]!["object"]?["kind"]);
    }

    [Fact]
    public async Task MetadataOnly_LeavesTheRestOut()
    {
        var maps = await MapsAsync("a");

        var (_, list) = await server.JsonAsync(HttpMethod.Get, maps, accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");

        Assert.Equal("PartialObjectMetadataList", (string?)list["kind"]);
        Assert.Equal("a", (string?)list["items"]![0]!["metadata"]!["name"]);
        Assert.Null(list["items"]![0]!["data"]);
    }

    [Fact]
    public async Task LargeList_IsCompressedWhenTheClientReadsGzip()
    {
        var maps = await MapsAsync();
        await server.JsonAsync(HttpMethod.Post, maps, $$$"""{"metadata":{"name":"big"},"data":{"k":"{{{new string('x', 200_000)}}}"}}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, maps);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");

        using var response = await server.Admin.SendAsync(request, Cancel);

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress);
        var list = (await JsonNode.ParseAsync(gzip, cancellationToken: Cancel))!;
        Assert.Equal(["big"], Names(list));
    }

    [Fact]
    public async Task Watch_TellsWhatHappensAfterAVersion()
    {
        var maps = await MapsAsync("a");
        var version = (string?)(await server.JsonAsync(HttpMethod.Get, maps)).Body["metadata"]!["resourceVersion"];
        using var response = await server.SendAsync(HttpMethod.Get, $"{maps}?watch=true&resourceVersion={version}");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        await server.JsonAsync(HttpMethod.Post, maps, """{"metadata":{"name":"b"}}""");
        await server.JsonAsync(HttpMethod.Patch, maps + "/b", """{"data":{"x":"1"}}""", "application/merge-patch+json");
        await server.JsonAsync(HttpMethod.Delete, maps + "/b");

        Assert.Equal(("ADDED", "b"), await NextAsync(lines));
        Assert.Equal(("MODIFIED", "b"), await NextAsync(lines));
        Assert.Equal(("DELETED", "b"), await NextAsync(lines));
    }

    [Fact]
    public async Task WatchList_EndsTheStateWithABookmark()
    {
        var maps = await MapsAsync("a");
        using var response = await server.SendAsync(
            HttpMethod.Get, $"{maps}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        Assert.Equal(("ADDED", "a"), await NextAsync(lines));
        var bookmark = JsonNode.Parse((await lines.ReadLineAsync(Cancel))!)!;
        Assert.Equal("BOOKMARK", (string?)bookmark["type"]);
        Assert.Equal("true", (string?)bookmark["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]);
    }

    [Fact]
    public async Task TimeoutSeconds_EndsTheWatchCleanly()
    {
        var maps = await MapsAsync();

        using var response = await server.SendAsync(HttpMethod.Get, maps + "?watch=true&timeoutSeconds=1&resourceVersion=0");

        Assert.Equal("", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task TooOldVersion_IsToldAsGone()
    {
        var maps = await MapsAsync();

        using var response = await server.SendAsync(HttpMethod.Get, maps + "?watch=true&timeoutSeconds=5&resourceVersion=999999999");
        var text = await response.Content.ReadAsStringAsync(Cancel);

        Assert.Contains("\"status\":\"Failure\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchOfTables_NamesTheColumnsOnce()
    {
        var maps = await MapsAsync("a", "b");
        using var response = await server.SendAsync(HttpMethod.Get, maps + "?watch=true", accept: TableAccept);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        var first = JsonNode.Parse((await lines.ReadLineAsync(Cancel))!)!["object"]!;
        var second = JsonNode.Parse((await lines.ReadLineAsync(Cancel))!)!["object"]!;

        Assert.Equal(3, first["columnDefinitions"]!.AsArray().Count);
        Assert.Null(second["columnDefinitions"]);
        Assert.Equal("b", (string?)second["rows"]![0]!["cells"]![0]);
    }

    [Fact]
    public async Task WatchInProtobuf_ComesInFrames()
    {
        var maps = await MapsAsync("a");
        using var response = await server.SendAsync(HttpMethod.Get, maps + "?watch=true", accept: "application/vnd.kubernetes.protobuf;stream=watch");
        await using var stream = await response.Content.ReadAsStreamAsync(Cancel);

        var head = new byte[4];
        await stream.ReadExactlyAsync(head, Cancel);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(head)];
        await stream.ReadExactlyAsync(frame, Cancel);

        var start = frame.AsSpan().IndexOf("k8s\0"u8);
        Assert.Equal("ADDED", Encoding.ASCII.GetString(frame, 2, frame[1]));
        Assert.Equal("a", ApiProto.Decode<Api.Core.ConfigMap>(frame.AsSpan(start)).Metadata.Name);
    }

    [Fact]
    public async Task EventsOfBothGroups_AreTheSameObjects()
    {
        var ns = await server.NewNamespaceAsync();
        await server.JsonAsync(
            HttpMethod.Post,
            $"/api/v1/namespaces/{ns}/events",
            $$$"""{"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p","namespace":"{{{ns}}}"},"reason":"Started","message":"up","type":"Normal"}""");

        var (_, list) = await server.JsonAsync(HttpMethod.Get, $"/apis/events.k8s.io/v1/namespaces/{ns}/events?fieldSelector=regarding.name%3Dp");

        var item = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal("events.k8s.io/v1", (string?)item["apiVersion"]);
        Assert.Equal("up", (string?)item["note"]);
        Assert.Equal("p", (string?)item["regarding"]!["name"]);
    }

    private static async Task<(string?, string?)> NextAsync(StreamReader lines)
    {
        var item = JsonNode.Parse((await lines.ReadLineAsync(Cancel))!)!;
        return ((string?)item["type"], (string?)item["object"]!["metadata"]!["name"]);
    }

    private static IEnumerable<string?> Names(JsonNode list) => list["items"]!.AsArray().Select(i => (string?)i!["metadata"]!["name"]);

    private async Task<string> MapsAsync(params string[] names)
    {
        var maps = $"/api/v1/namespaces/{await server.NewNamespaceAsync()}/configmaps";
        foreach (var name in names)
        {
            await server.JsonAsync(HttpMethod.Post, maps, $$$"""{"metadata":{"name":"{{{name}}}"},"data":{"k":"v"}}""");
        }

        return maps;
    }
}
