using System.Text;

namespace Minke.Api.Tests.Yaml;

public sealed class ApiYamlTests
{
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("On", "true")]
    [InlineData("y", "true")]
    [InlineData("no", "false")]
    [InlineData("OFF", "false")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("Null", "null")]
    [InlineData("12", "12")]
    [InlineData("-7", "-7")]
    [InlineData("+7", "7")]
    [InlineData("0777", "511")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("0b101", "5")]
    [InlineData("1_000", "1000")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("1.5", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1000")]
    [InlineData("089", "89")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("2026-01-02", "\"2026-01-02\"")]
    [InlineData("64Mi", "\"64Mi\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("\"yes\"", "\"yes\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("!!int \"12\"", "12")]
    [InlineData("|\n  a\n  b\n", "\"a\\nb\\n\"")]
    [InlineData("hello world", "\"hello world\"")]
    public void Scalar_IsResolvedAsKubernetesDoes(string yaml, string json) => Assert.Equal($$"""{"v":{{json}}}""", ToJson("v: " + yaml));

    [Fact]
    public void Document_WithListsAndMaps_BecomesJson() =>
        Assert.Equal("""{"a":[1,{"b":"c"},[]],"d":{},"1":"one","true":"yes"}""", ToJson("a:\n- 1\n- b: c\n- []\nd: {}\n1: one\ntrue: 'yes'\n"));

    [Fact]
    public void Alias_IsWrittenOutWhereItIsUsed() => Assert.Equal("""{"a":{"x":1},"b":{"x":1}}""", ToJson("a: &n {x: 1}\nb: *n\n"));

    [Fact]
    public void MergeKey_AddsWhatIsNotThere() =>
        Assert.Equal("""{"base":{"x":1,"z":2},"v":{"x":3,"z":2}}""", ToJson("base: &b {x: 1, z: 2}\nv:\n  <<: *b\n  x: 3\n"));

    [Theory]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("a: [1, 2\n")]
    [InlineData("a: *nowhere\n")]
    [InlineData("a: &x [*x]\n")]
    [InlineData("? [1]\n: 2\n")]
    [InlineData("~: 2\n")]
    [InlineData("a: !!int ten\n")]
    [InlineData("a: !custom x\n")]
    [InlineData("\t- a\n  b: [\n")]
    [InlineData("a: b: c\n")]
    [InlineData("--- 1\n--- 2\n")]
    [InlineData("")]
    public void NotOneGoodDocument_IsABadRequest(string yaml) => Assert.Equal(400, Refused(yaml).Code);

    [Fact]
    public void DuplicateKey_IsRefusedWithItsLine() => Assert.Contains("line 3: key \"name\" already set in map", Refused("metadata:\n  name: a\n  name: b\n").Message);

    [Fact]
    public void AliasBomb_IsRefusedAsTooLarge()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Equal(413, Refused(yaml.ToString()).Code);
    }

    [Fact]
    public void DeepNesting_IsABadRequest() => Assert.Equal(400, Refused("a: " + new string('[', 400) + new string(']', 400)).Code);

    [Fact]
    public void ByteOrderMark_IsPassedOver() => Assert.Equal("""{"a":1}""", ToJson("\uFEFFa: 1\n"));

    [Fact]
    public void InvalidUtf8_IsABadRequest() => Assert.Equal(400, Assert.Throws<ApiException>(() => ApiYaml.ToJson([0x61, 0x3A, 0x20, 0xFF])).Code);

    [Fact]
    public void SeveralDocuments_AreSplitAndEmptyOnesPassedOver()
    {
        var documents = ApiYaml.ToJsonDocuments("---\na: 1\n---\n# nothing\n---\nb: 2\n...\n"u8);
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], documents.Select(json => Encoding.UTF8.GetString(json)));
    }

    [Fact]
    public void RandomText_IsReadOrRefusedWithAStatus()
    {
        const string Alphabet = "ab:-[]{}&*!|>'\"#%@ \n\t?,~0.\u0085\u2028";
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                ApiYaml.ToJsonDocuments(Encoding.UTF8.GetBytes(text));
            }
            catch (ApiException exception)
            {
                Assert.InRange(exception.Code, 400, 499);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
        }
    }

    private static string ToJson(string yaml) => Encoding.UTF8.GetString(ApiYaml.ToJson(Encoding.UTF8.GetBytes(yaml)));

    private static ApiException Refused(string yaml) => Assert.Throws<ApiException>(() => ToJson(yaml));
}
