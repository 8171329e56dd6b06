using System.Text.Json.Nodes;
using Minke.ApiServer.Patch;
using Xunit;

namespace Minke.ApiServer.Tests.Patch;

/// <summary>The cases are those of the appendix of RFC 7386.</summary>
public sealed class MergePatchTests
{
    [Theory]
    [InlineData("{'a':'b'}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}")]
    [InlineData("{'a':'b'}", "{'a':null}", "{}")]
    [InlineData("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}")]
    [InlineData("{'a':['b']}", "{'a':'c'}", "{'a':'c'}")]
    [InlineData("{'a':'c'}", "{'a':['b']}", "{'a':['b']}")]
    [InlineData("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}")]
    [InlineData("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}")]
    [InlineData("{'e':null}", "{'a':1}", "{'e':null,'a':1}")]
    [InlineData("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}")]
    public void Patch_MergesAsTheRfcSays(string target, string patch, string expected) =>
        Json.AssertEqual(expected, MergePatch.Apply(Json.Object(target), Json.Object(patch)));

    [Fact]
    public void PatchOfTheDifference_GivesTheTarget()
    {
        var documents = new RandomJson(new Random(3), ["a", "b", "c", "d"]);
        for (var i = 0; i < 2000; i++)
        {
            var from = documents.Object(4);
            var to = documents.Object(4);
            var patch = MergePatch.Diff(from, to);

            var result = MergePatch.Apply(from.DeepClone(), patch);

            Assert.True(JsonNode.DeepEquals(to, result), $"{from.ToJsonString()} + {patch.ToJsonString()} = {result?.ToJsonString()}, not {to.ToJsonString()}");
        }
    }

    [Fact]
    public void ManyRemovals_CostWhatTheObjectIsLarge()
    {
        var target = new JsonObject(Enumerable.Range(0, 100_000).Select(i => KeyValuePair.Create<string, JsonNode?>($"k{i}", i)));
        var patch = new JsonObject(Enumerable.Range(0, 99_999).Select(i => KeyValuePair.Create<string, JsonNode?>($"k{i}", null)));

        var result = MergePatch.Apply(target, patch);

        Json.AssertEqual("{'k99999':99999}", result);
    }

    [Fact]
    public void PatchOfNoDifference_IsEmpty()
    {
        var document = new RandomJson(new Random(5), ["a", "b"]).Object(4);

        Assert.Empty(MergePatch.Diff(document, document.DeepClone().AsObject()));
    }
}
