using System.Text;
using Minke.ApiServer.Patch.Apply;
using Xunit;

namespace Minke.ApiServer.Tests.Patch.Apply;

public sealed class FieldSetTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{\"f:a\":{}}")]
    [InlineData("{\"f:a\":{\".\":{},\"f:b\":{}}}")]
    [InlineData("{\"f:a\":{\"k:{\\\"name\\\":\\\"x\\\"}\":{\".\":{},\"f:image\":{}},\"v:1\":{},\"v:\\\"y\\\"\":{}}}")]
    public void FieldsV1_RoundTrips(string text)
    {
        var set = FieldSetText.Read(Encoding.UTF8.GetBytes(text), trusted: false);

        var written = Encoding.UTF8.GetString(FieldSetText.Write(set));

        Assert.True(set.SetEquals(FieldSetText.Read(Encoding.UTF8.GetBytes(written), trusted: true)));
        Assert.Equal(
            System.Text.Json.Nodes.JsonNode.Parse(text)!.ToJsonString().Length,
            System.Text.Json.Nodes.JsonNode.Parse(written)!.ToJsonString().Length);
    }

    [Fact]
    public void KeysInAnyOrderAndForm_AreOneElement() =>
        Assert.Equal(PathElement.Parse("k:{\"port\":80,\"protocol\":\"TCP\"}"), PathElement.Parse("k:{ \"protocol\":\"\\u0054CP\", \"port\":80.0 }"));

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{\"x:a\":{}}")]
    [InlineData("{\"k:{\":{}}")]
    [InlineData("{\"k:[1]\":{}}")]
    [InlineData("{\"i:x\":{}}")]
    [InlineData("{\"f:a\":1}")]
    [InlineData("{\"f:a\":{},\"f:a\":{}}")]
    [InlineData("not json")]
    public void MalformedFieldsV1_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => FieldSetText.Read(Encoding.UTF8.GetBytes(text), trusted: false));

    [Fact]
    public void DeepFieldsV1_IsRefused()
    {
        var text = new StringBuilder().Insert(0, "{\"f:a\":", 10_000).Append("{}").Append('}', 10_000).ToString();

        Assert.Throws<FormatException>(() => FieldSetText.Read(Encoding.UTF8.GetBytes(text), trusted: false));
    }

    [Fact]
    public void Operations_AgreeWithSetsOfPaths()
    {
        var random = new Random(29);
        for (var i = 0; i < 2000; i++)
        {
            var (one, onePaths) = Random(random);
            var (other, otherPaths) = Random(random);

            Assert.Equal(Sorted(onePaths.Union(otherPaths)), Sorted(Paths(one.Union(other))));
            Assert.Equal(Sorted(onePaths.Intersect(otherPaths)), Sorted(Paths(one.Intersection(other))));
            Assert.Equal(Sorted(onePaths.Except(otherPaths)), Sorted(Paths(one.Difference(other))));
            Assert.Equal(
                Sorted(onePaths.Where(path => !otherPaths.Any(prefix => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal)))),
                Sorted(Paths(one.RecursiveDifference(other))));
            Assert.Equal(onePaths.SetEquals(otherPaths), one.SetEquals(other));
            Assert.Equal(onePaths.Count == 0, one.IsEmpty);
        }
    }

    private static (FieldSet Set, HashSet<string> Paths) Random(Random random)
    {
        var set = new FieldSet();
        HashSet<string> paths = [];
        for (var n = random.Next(6); n > 0; n--)
        {
            var path = Enumerable.Range(0, random.Next(1, 4)).Select(_ => "f:" + "abc"[random.Next(3)]).ToArray();
            set.Insert(path);
            paths.Add(string.Join('/', path));
        }

        return (set, paths);
    }

    private static IEnumerable<string> Paths(FieldSet set) => set.Paths().Select(path => string.Join('/', path));

    private static string Sorted(IEnumerable<string> paths) => string.Join(' ', paths.Order(StringComparer.Ordinal));
}
