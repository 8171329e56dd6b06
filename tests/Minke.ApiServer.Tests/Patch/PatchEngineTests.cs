using Minke.Api;
using Minke.ApiServer.Patch;
using Minke.Client;
using Xunit;

namespace Minke.ApiServer.Tests.Patch;

public sealed class PatchEngineTests
{
    private static readonly byte[] s_pod = Json.Bytes("{'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i'}]}}");

    [Theory]
    [InlineData(PatchType.Json, "[{'op':'replace','path':'/spec/containers/0/image','value':'j'}]", "[{'name':'a','image':'j'}]")]
    [InlineData(PatchType.Merge, "{'spec':{'containers':[{'name':'b'}]}}", "[{'name':'b'}]")]
    [InlineData(PatchType.StrategicMerge, "{'spec':{'containers':[{'name':'b'}]}}", "[{'name':'b'},{'name':'a','image':'i'}]")]
    public void Patch_IsOfItsType(PatchType type, string body, string expected) =>
        Json.AssertEqual(expected, Json.Parse(PatchEngine.Apply(Kinds.Pod, s_pod, type, Json.Bytes(body)))["spec"]!["containers"]);

    [Theory]
    [InlineData(PatchType.Json, "[{'op':'test','path':'/spec/hostname','value':'h'}]", 422, "Invalid")]
    [InlineData(PatchType.Json, "[{'op':'replace','path':'','value':1}]", 422, "Invalid")]
    [InlineData(PatchType.Json, "{}", 400, "BadRequest")]
    [InlineData(PatchType.Merge, "[]", 400, "BadRequest")]
    [InlineData(PatchType.Merge, "{'a':1,'a':2}", 400, "BadRequest")]
    [InlineData(PatchType.StrategicMerge, "{'spec':{'containers':[{'image':'i'}]}}", 422, "Invalid")]
    [InlineData(PatchType.StrategicMerge, "{", 400, "BadRequest")]
    public void PatchThatFails_IsAnsweredAsKubernetesDoes(PatchType type, string body, int code, string reason)
    {
        var exception = Assert.Throws<ApiException>(() => PatchEngine.Apply(Kinds.Pod, s_pod, type, Json.Bytes(body)));

        Assert.Equal((code, reason), (exception.Code, exception.Reason));
    }

    [Fact]
    public void TestThatFails_IsNamedInTheCauses()
    {
        var exception = Assert.Throws<ApiException>(
            () => PatchEngine.Apply(Kinds.Pod, s_pod, PatchType.Json, Json.Bytes("[{'op':'test','path':'/spec/hostname','value':'h'}]")));

        Assert.Equal("the server rejected our request due to an error in our request", exception.Message);
        Assert.Equal("testing value /spec/hostname failed: test failed", Assert.Single(exception.Status.Details!.Causes).Message);
    }
}
