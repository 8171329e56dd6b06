using Minke.ApiServer.Patch;
using Xunit;

namespace Minke.ApiServer.Tests.Patch;

public sealed class StrategicMergePatchTests
{
    [Theory]
    [InlineData("{'replicas':1,'host':'a'}", "{'replicas':2,'host':null}", "{'replicas':2}")]
    [InlineData("{'annotations':{'a':'1','b':'2'}}", "{'annotations':{'a':null,'c':'3'}}", "{'annotations':{'b':'2','c':'3'}}")]
    [InlineData("{}", "{'annotations':{'a':null,'c':'3'}}", "{'annotations':{'c':'3'}}")]
    [InlineData("{'strategy':{'type':'x'}}", "{'strategy':{'$patch':'replace','rolling':{'type':'y'}}}", "{'strategy':{'rolling':{'type':'y'}}}")]
    [InlineData("{'strategy':{'type':'x'}}", "{'strategy':{'$patch':'delete'}}", "{'strategy':{}}")]
    [InlineData("{'strategy':{'type':'x'}}", "{'strategy':{'$patch':'merge','rolling':{'type':'y'}}}", "{'strategy':{'type':'x','rolling':{'type':'y'}}}")]
    [InlineData("{'strategy':{'type':'x','rolling':{'type':'y'}}}", "{'strategy':{'$retainKeys':['type'],'type':'z'}}", "{'strategy':{'type':'z'}}")]
    [InlineData("{}", "{'strategy':{'$retainKeys':['type'],'type':'z'}}", "{'strategy':{'type':'z'}}")]
    [InlineData("{'plain':[{'name':'a'}]}", "{'plain':[{'name':'b'}]}", "{'plain':[{'name':'b'}]}")]
    [InlineData("{'unknown':[1],'other':{'a':1}}", "{'unknown':[2],'other':{'b':2}}", "{'unknown':[2],'other':{'a':1,'b':2}}")]
    public void Objects_MergeByMember(string target, string patch, string expected) => AssertMerges(target, patch, expected);

    [Theory]
    [InlineData("{'items':[{'name':'a','image':'1'}]}", "{'items':[{'name':'b','image':'2'}]}", "{'items':[{'name':'b','image':'2'},{'name':'a','image':'1'}]}")]
    [InlineData("{'items':[{'name':'a','image':'1','args':['x']}]}", "{'items':[{'name':'a','image':'2'}]}", "{'items':[{'name':'a','image':'2','args':['x']}]}")]
    [InlineData("{'items':[{'name':'a','image':'1'}]}", "{'items':[{'name':'a','image':null,'args':['y']}]}", "{'items':[{'name':'a','args':['y']}]}")]
    [InlineData("{'items':[{'name':'a'},{'name':'b'}]}", "{'items':[{'name':'a','$patch':'delete'}]}", "{'items':[{'name':'b'}]}")]
    [InlineData("{'items':[{'name':'a'},{'name':'b'}]}", "{'items':[{'$patch':'replace'},{'name':'c'}]}", "{'items':[{'name':'c'}]}")]
    [InlineData("{'items':[{'name':'a'}]}", "{'items':[{'$patch':'replace'}]}", "{'items':[]}")]
    [InlineData("{'items':[{'name':'a'}]}", "{'items':[]}", "{'items':[{'name':'a'}]}")]
    [InlineData("{'items':[{'name':'a'}]}", "{'items':null}", "{}")]
    [InlineData("{}", "{'items':[{'name':'a','$patch':'delete'},{'name':'b','image':null}]}", "{'items':[{'name':'b'}]}")]
    [InlineData(
        "{'items':[{'name':'a','ports':[{'port':80,'name':'x'}]}]}",
        "{'items':[{'name':'a','ports':[{'port':80,'protocol':'TCP'},{'port':81}]}]}",
        "{'items':[{'name':'a','ports':[{'port':80,'name':'x','protocol':'TCP'},{'port':81}]}]}")]
    [InlineData(
        "{'items':[{'name':'a'},{'name':'b'},{'name':'c'}]}",
        "{'$setElementOrder/items':[{'name':'c'},{'name':'a'}],'items':[{'name':'c','image':'1'}]}",
        "{'items':[{'name':'b'},{'name':'c','image':'1'},{'name':'a'}]}")]
    [InlineData(
        "{'items':[{'name':'a'},{'name':'b'}]}",
        "{'$setElementOrder/items':[{'name':'b'},{'name':'a'}]}",
        "{'items':[{'name':'b'},{'name':'a'}]}")]
    [InlineData(
        "{'items':[{'name':'a'},{'name':'b'},{'name':'c'}]}",
        "{'$setElementOrder/items':[{'name':'d'},{'name':'c'}],'items':[{'name':'d'},{'name':'a','$patch':'delete'}]}",
        "{'items':[{'name':'d'},{'name':'b'},{'name':'c'}]}")]
    public void ListsOfObjects_MergeByTheirKey(string target, string patch, string expected) => AssertMerges(target, patch, expected);

    [Theory]
    [InlineData("{'finalizers':['a','b']}", "{'finalizers':['c','a']}", "{'finalizers':['c','a','b']}")]
    [InlineData("{'finalizers':['a','b','c']}", "{'$deleteFromPrimitiveList/finalizers':['b','z']}", "{'finalizers':['a','c']}")]
    [InlineData("{}", "{'$deleteFromPrimitiveList/finalizers':['b']}", "{}")]
    [InlineData(
        "{'finalizers':['a','b']}",
        "{'$deleteFromPrimitiveList/finalizers':['a'],'$setElementOrder/finalizers':['c','b'],'finalizers':['c']}",
        "{'finalizers':['c','b']}")]
    [InlineData("{'numbers':[1,2]}", "{'numbers':[2.0,3]}", "{'numbers':[1,2,3]}")]
    public void ListsOfScalars_MergeAsSets(string target, string patch, string expected) => AssertMerges(target, patch, expected);

    [Theory]
    [InlineData("{'strategy':{'$patch':'sideways'}}", "unknown patch type: sideways")]
    [InlineData("{'items':[{'image':'x'}]}", "map: map[] does not contain declared merge key: name")]
    [InlineData("{'items':['x']}", "the list items and its patch have to hold objects only")]
    [InlineData("{'items':[null]}", "the list items and its patch have to hold objects only")]
    [InlineData("{'finalizers':[['x']]}", "the list finalizers and its patch have to hold scalars only")]
    [InlineData("{'strategy':{'$retainKeys':['rolling'],'type':'z'}}", "invalid patch format of retainKeys")]
    [InlineData("{'strategy':{'$retainKeys':'type'}}", "invalid patch format of retainKeys")]
    [InlineData("{'$deleteFromPrimitiveList/finalizers':'a'}", "invalid patch format of primitive list")]
    [InlineData("{'$setElementOrder/items':1,'items':[{'name':'a'}]}", "invalid patch format of setElementOrder list")]
    [InlineData(
        "{'$setElementOrder/items':[{'name':'a'}],'items':[{'name':'b'}]}",
        "the order in the patch list doesn't match the $setElementOrder list of items")]
    [InlineData(
        "{'$setElementOrder/items':[{'name':'a'},{'name':'b'}],'items':[{'name':'b'},{'name':'a'}]}",
        "the order in the patch list doesn't match the $setElementOrder list of items")]
    public void MalformedDirective_IsRefused(string patch, string message)
    {
        var exception = Assert.Throws<PatchException>(
            () => StrategicMergePatch.Apply(Json.Object("{'items':[{'name':'x'}],'strategy':{}}"), Json.Object(patch), TestSchemas.Spec));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void UnknownDirective_StaysForStrictDecodingToRefuse() => AssertMerges("{}", "{'$odd':1}", "{'$odd':1}");

    [Fact]
    public void SecondApplicationOfAPatch_ChangesNothing()
    {
        var random = new Random(17);
        for (var i = 0; i < 500; i++)
        {
            var once = StrategicMergePatch.Apply(RandomSpec(random), RandomSpec(random), TestSchemas.Spec);
            var patch = RandomSpec(random);
            once = StrategicMergePatch.Apply(once, patch, TestSchemas.Spec);
            var twice = StrategicMergePatch.Apply(once.DeepClone().AsObject(), patch, TestSchemas.Spec);

            Json.AssertEqual(once.ToJsonString(), twice);
        }
    }

    [Fact]
    public void RandomPatches_ApplyOrAreRefused_NothingElse()
    {
        string[] names = ["items", "finalizers", "strategy", "name", "$patch", "$retainKeys", "$setElementOrder/items", "$deleteFromPrimitiveList/finalizers", "delete"];
        var documents = new RandomJson(new Random(23), names);
        for (var i = 0; i < 5000; i++)
        {
            var exception = Record.Exception(() => StrategicMergePatch.Apply(documents.Object(4), documents.Object(4), TestSchemas.Spec));
            Assert.True(exception is null or PatchException, exception?.ToString());
        }
    }

    private static System.Text.Json.Nodes.JsonObject RandomSpec(Random random)
    {
        string[] names = ["a", "b", "c"];
        var items = names.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).Select(
            name => $"{{'name':'{name}','image':'{random.Next(3)}','tags':[{string.Join(',', names.Where(_ => random.Next(2) == 0).Select(tag => $"'{tag}'"))}]}}");
        var finalizers = names.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).Select(name => $"'{name}'");
        return Json.Object($"{{'replicas':{random.Next(3)},'items':[{string.Join(',', items)}],'finalizers':[{string.Join(',', finalizers)}]}}");
    }

    private static void AssertMerges(string target, string patch, string expected) =>
        Json.AssertEqual(expected, StrategicMergePatch.Apply(Json.Object(target), Json.Object(patch), TestSchemas.Spec));
}
