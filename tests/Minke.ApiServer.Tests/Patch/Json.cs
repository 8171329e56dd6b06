using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Minke.ApiServer.Tests.Patch;

/// <summary>JSON in tests, written with single quotes.</summary>
internal static class Json
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Replace('\'', '"'));

    public static JsonObject Object(string text) => JsonNode.Parse(Bytes(text))!.AsObject();

    public static JsonNode Parse(ReadOnlySpan<byte> bytes) => JsonNode.Parse(bytes)!;

    public static void AssertEqual(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Bytes(expected)), actual), $"expected {expected.Replace('\'', '"')}\nactual   {actual?.ToJsonString()}");

    public static void AssertEqual(string expected, ReadOnlySpan<byte> actual) => AssertEqual(expected, Parse(actual));
}
