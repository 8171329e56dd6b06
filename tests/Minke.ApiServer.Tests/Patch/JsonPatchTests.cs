using System.Text;
using System.Text.Json.Nodes;
using Minke.ApiServer.Patch;
using Xunit;

namespace Minke.ApiServer.Tests.Patch;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("{'a':1}", "[{'op':'add','path':'/b','value':2}]", "{'a':1,'b':2}")]
    [InlineData("{'a':[1,3]}", "[{'op':'add','path':'/a/1','value':2}]", "{'a':[1,2,3]}")]
    [InlineData("{'a':[1]}", "[{'op':'add','path':'/a/-','value':2}]", "{'a':[1,2]}")]
    [InlineData("{'a':[1]}", "[{'op':'add','path':'/a/1','value':2}]", "{'a':[1,2]}")]
    [InlineData("{'a':1}", "[{'op':'add','path':'/a','value':null}]", "{'a':null}")]
    [InlineData("{'a':1}", "[{'op':'remove','path':'/a'}]", "{}")]
    [InlineData("{'a':[1,2,3]}", "[{'op':'remove','path':'/a/1'}]", "{'a':[1,3]}")]
    [InlineData("{'a':1}", "[{'op':'replace','path':'/a','value':{'b':2}}]", "{'a':{'b':2}}")]
    [InlineData("{'a':1}", "[{'op':'replace','path':'','value':{'b':2}}]", "{'b':2}")]
    [InlineData("{'a':{'b':1},'c':{}}", "[{'op':'move','from':'/a/b','path':'/c/d'}]", "{'a':{},'c':{'d':1}}")]
    [InlineData("{'a':[1,2,3]}", "[{'op':'move','from':'/a/0','path':'/a/2'}]", "{'a':[2,3,1]}")]
    [InlineData("{'a':{'b':1}}", "[{'op':'copy','from':'/a','path':'/c'}]", "{'a':{'b':1},'c':{'b':1}}")]
    [InlineData("{'a':1}", "[{'op':'test','path':'/a','value':1.0}]", "{'a':1}")]
    [InlineData("{'a':1}", "[{'op':'test','path':'/b','value':null}]", "{'a':1}")]
    [InlineData("{'a/b':1,'~':2}", "[{'op':'remove','path':'/a~1b'},{'op':'test','path':'/~0','value':2}]", "{'~':2}")]
    [InlineData("{'~1':1}", "[{'op':'remove','path':'/~01'}]", "{}")]
    [InlineData("{'a':[]}", "[{'op':'add','path':'/a/0','value':1},{'op':'replace','path':'/a/0','value':2},{'op':'copy','from':'/a/0','path':'/b'}]", "{'a':[2],'b':2}")]
    public void Operations_ApplyInOrder(string document, string patch, string expected) =>
        Json.AssertEqual(expected, JsonPatch.Apply(Json.Object(document), Json.Bytes(patch)));

    [Theory]
    [InlineData("[{'op':'test','path':'/a','value':2}]", "testing value /a failed: test failed")]
    [InlineData("[{'op':'test','path':'/b','value':2}]", "testing value /b failed: test failed")]
    [InlineData("[{'op':'remove','path':'/b'}]", "remove operation does not apply: doc is missing path: \"/b\": missing value")]
    [InlineData("[{'op':'replace','path':'/b','value':1}]", "replace operation does not apply: doc is missing path: \"/b\": missing value")]
    [InlineData("[{'op':'add','path':'/b/c','value':1}]", "add operation does not apply: doc is missing path: \"/b/c\": missing value")]
    [InlineData("[{'op':'add','path':'/list/3','value':1}]", "add operation does not apply: /list/3 does not name an element of the array: invalid index referenced")]
    [InlineData("[{'op':'add','path':'/list/01','value':1}]", "add operation does not apply: /list/01 does not name an element of the array: invalid index referenced")]
    [InlineData("[{'op':'remove','path':'/list/-1'}]", "remove operation does not apply: /list/-1 does not name an element of the array: invalid index referenced")]
    [InlineData("[{'op':'remove','path':'/list/-'}]", "remove operation does not apply: /list/- does not name an element of the array: invalid index referenced")]
    [InlineData("[{'op':'move','from':'/o','path':'/o/p'}]", "cannot move /o into itself")]
    [InlineData("[{'op':'increment','path':'/a'}]", "Unexpected kind: increment")]
    [InlineData("[{'op':'add','path':'/a'}]", "the \"add\" operation has no \"value\"")]
    [InlineData("[{'op':'copy','path':'/a'}]", "an operation has no string \"from\"")]
    [InlineData("[{'op':'remove','path':'a'}]", "the JSON pointer \"a\" does not begin with '/'")]
    public void OperationThatDoesNotFit_IsRefused(string patch, string message)
    {
        var exception = Assert.Throws<PatchException>(() => JsonPatch.Apply(Json.Object("{'a':1,'list':[1,2],'o':{}}"), Json.Bytes(patch)));

        Assert.Equal(PatchFault.NotApplicable, exception.Fault);
        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[")]
    [InlineData("[{'op':'add','op':'remove','path':'/a','value':1}]")]
    public void BrokenPatch_IsMalformed(string patch) =>
        Assert.Equal(PatchFault.Malformed, Assert.Throws<PatchException>(() => JsonPatch.Apply(Json.Object("{}"), Json.Bytes(patch))).Fault);

    [Fact]
    public void MoreOperationsThanAllowed_AreTooLarge()
    {
        var patch = $"[{string.Join(',', Enumerable.Repeat("{'op':'test','path':'/a','value':1}", JsonPatch.MaxOperations + 1))}]";

        var exception = Assert.Throws<PatchException>(() => JsonPatch.Apply(Json.Object("{'a':1}"), Json.Bytes(patch)));

        Assert.Equal(PatchFault.TooLarge, exception.Fault);
        Assert.Equal("The allowed maximum operations in a JSON patch is 10000, got 10001", exception.Message);
    }

    [Fact]
    public void CopyOfTheDocumentIntoItself_IsBounded()
    {
        var operations = string.Join(',', Enumerable.Repeat("{'op':'copy','from':'','path':'/a'}", 1000));

        Assert.Throws<PatchException>(() => JsonPatch.Apply(Json.Object("{'a':1}"), Json.Bytes($"[{operations}]")));
    }

    [Fact]
    public void DoublingCopies_AreBounded()
    {
        var operations = string.Join(',', Enumerable.Range(0, 9999).Select(i => "{'op':'copy','from':'/a','path':'/a/-'}"));

        Assert.Throws<PatchException>(() => JsonPatch.Apply(Json.Object("{'a':[1]}"), Json.Bytes($"[{operations}]")));
    }

    [Fact]
    public void ManyRemovalsFromAHugeObject_AreBounded()
    {
        var document = new JsonObject(Enumerable.Range(0, 100_000).Select(i => KeyValuePair.Create<string, JsonNode?>($"k{i}", i)));
        var patch = $"[{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"{{'op':'remove','path':'/k{i}'}}"))}]";

        var exception = Assert.Throws<PatchException>(() => JsonPatch.Apply(document, Json.Bytes(patch)));

        Assert.Equal(PatchFault.TooLarge, exception.Fault);
    }

    [Fact]
    public void DeepPointer_IsRefused()
    {
        var path = new StringBuilder().Insert(0, "/a", 100_000);

        Assert.Throws<PatchException>(() => JsonPatch.Apply(Json.Object("{}"), Json.Bytes($"[{{'op':'add','path':'{path}','value':1}}]")));
    }

    [Fact]
    public void RandomOperations_ApplyOrAreRefused_NothingElse()
    {
        var random = new Random(11);
        string[] ops = ["add", "remove", "replace", "move", "copy", "test"];
        string[] paths = ["", "/", "/a", "/a/b", "/b/0", "/b/-", "/b/1/a", "/c/a/b"];
        var documents = new RandomJson(random, ["a", "b", "c"]);
        for (var i = 0; i < 5000; i++)
        {
            JsonArray patch = [];
            for (var n = random.Next(6); n >= 0; n--)
            {
                patch.Add(new JsonObject
                {
                    ["op"] = ops[random.Next(ops.Length)],
                    ["path"] = paths[random.Next(paths.Length)],
                    ["from"] = paths[random.Next(paths.Length)],
                    ["value"] = documents.Object(2),
                });
            }

            var exception = Record.Exception(() => JsonPatch.Apply(documents.Object(3), Encoding.UTF8.GetBytes(patch.ToJsonString())));
            Assert.True(exception is null or PatchException, exception?.ToString());
        }
    }
}
