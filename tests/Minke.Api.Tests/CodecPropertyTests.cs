using System.Text;
using System.Text.Json.Nodes;

namespace Minke.Api.Tests;

/// <summary>Properties that hold for every kind and every object. A failure names the seed that made the object.</summary>
public sealed class CodecPropertyTests
{
    private const int ObjectsPerKind = 60;

    [Theory]
    [ClassData(typeof(AllKinds))]
    public void Json_DecodedAndEncoded_HasEveryValueOfTheInput(string apiVersion, string kind) => ForAll(apiVersion, kind, (info, seed) =>
    {
        var input = new RandomObjects(seed).NextJson(info);
        var encoded = JsonNode.Parse(ApiJson.Encode(ApiJson.Decode(info, Utf8(input), FieldValidation.Strict)))!;
        AssertContains(input, encoded, "");
    });

    [Theory]
    [ClassData(typeof(AllKinds))]
    public void Json_EncodedTwice_IsTheSame(string apiVersion, string kind) => ForAll(apiVersion, kind, (info, seed) =>
    {
        var first = ApiJson.Encode(new RandomObjects(seed).Next(info));
        var second = ApiJson.Encode(ApiJson.Decode(info, first, FieldValidation.Strict));
        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(second));
    });

    [Theory]
    [ClassData(typeof(AllKinds))]
    public void Proto_DecodedFromEncoded_IsTheSameObject(string apiVersion, string kind) => ForAll(apiVersion, kind, (info, seed) =>
    {
        var value = new RandomObjects(seed).Next(info);
        var bytes = ApiProto.Encode(value);
        var decoded = ApiProto.Decode(info, bytes);
        Assert.Equal(Text(value), Text(decoded));
        Assert.Equal(bytes, ApiProto.Encode(decoded));
    });

    [Theory]
    [ClassData(typeof(AllKinds))]
    public void Clone_OfFrozen_IsEqualAndMutableAndSeparate(string apiVersion, string kind) => ForAll(apiVersion, kind, (info, seed) =>
    {
        var value = new RandomObjects(seed).Next(info).Frozen();
        var before = Text(value);
        var clone = value.Clone();
        Assert.Equal(before, Text(clone));
        Assert.False(clone.IsFrozen);
        clone.Metadata.Name = "changed";
        clone.Metadata.Labels["changed"] = "yes";
        clone.Metadata.Finalizers.Add("changed");
        Assert.Equal(before, Text(value));
    });

    [Theory]
    [ClassData(typeof(AllKinds))]
    public void StoredBytes_WithTheRevisionSplicedIn_AreTheObject(string apiVersion, string kind) => ForAll(apiVersion, kind, (info, seed) =>
    {
        var value = new RandomObjects(seed).Next(info);
        var stored = ApiJson.EncodeForStore(value);
        var spliced = ApiJson.Decode(info, ApiJson.SpliceResourceVersion(info, stored, 4711), FieldValidation.Strict);
        value.Metadata.ResourceVersion = "4711";
        Assert.Equal(Text(value), Text(spliced));
    });

    [Theory]
    [ClassData(typeof(AllKinds))]
    public void Json_DamagedAtRandom_IsReadOrRefusedWithAStatus(string apiVersion, string kind) => ForAll(apiVersion, kind, (info, seed) =>
    {
        var bytes = ApiJson.Encode(new RandomObjects(seed).Next(info));
        Damage(bytes, new Random(seed));
        AssertReadOrRefused(() => ApiJson.Decode(info, bytes, FieldValidation.Strict));
    });

    [Theory]
    [ClassData(typeof(AllKinds))]
    public void Proto_DamagedAtRandom_IsReadOrRefusedWithAStatus(string apiVersion, string kind) => ForAll(apiVersion, kind, (info, seed) =>
    {
        var random = new Random(seed);
        var bytes = ApiProto.Encode(new RandomObjects(seed).Next(info));
        Damage(bytes, random);
        AssertReadOrRefused(() => ApiProto.Decode(info, bytes.AsSpan(0, random.Next(bytes.Length))));
        AssertReadOrRefused(() => ApiProto.Decode(info, bytes));
    });

    private static void ForAll(string apiVersion, string kind, Action<KindInfo, int> property)
    {
        var info = Kinds.FindKind(apiVersion, kind)!;
        for (var seed = 0; seed < ObjectsPerKind; seed++)
        {
            try
            {
                property(info, seed);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"The property fails for {info} made from seed {seed}.", exception);
            }
        }
    }

    private static void Damage(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
    }

    private static void AssertReadOrRefused(Func<ApiObject> decode)
    {
        try
        {
            ApiJson.Encode(decode());
        }
        catch (ApiException exception)
        {
            Assert.InRange(exception.Code, 400, 499);
        }
    }

    private static void AssertContains(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    AssertContains(value, (actual as JsonObject)?[name], $"{path}.{name}");
                }

                break;
            case JsonArray items:
                Assert.Equal(items.Count, Assert.IsType<JsonArray>(actual).Count);
                for (var i = 0; i < items.Count; i++)
                {
                    AssertContains(items[i], actual![i], $"{path}[{i}]");
                }

                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path}: {expected?.ToJsonString()} became {actual?.ToJsonString() ?? "nothing"}");
                break;
        }
    }

    private static string Text(ApiRoot value) => Encoding.UTF8.GetString(ApiJson.Encode(value));

    private static byte[] Utf8(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
