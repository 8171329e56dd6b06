using Minke.Api.Selectors;
using Xunit;

namespace Minke.Api.Tests.Selectors;

public sealed class NameSyntaxTests
{
    private static readonly string s_long = new('a', 64);

    [Theory]
    [InlineData("a")]
    [InlineData("a-b")]
    [InlineData("0")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123")]
    public void Dns1123Label_AcceptsLabels(string value) => Assert.Empty(NameSyntax.Dns1123Label(value));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    public void Dns1123Label_RefusesOthers(string value) => Assert.Equal(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name', or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
        Assert.Single(NameSyntax.Dns1123Label(value)));

    [Fact]
    public void Dns1123Label_NamesDots() => Assert.Equal(["must not contain dots"], NameSyntax.Dns1123Label("a.b"));

    [Fact]
    public void Dns1123Label_RefusesMoreThan63() => Assert.Equal(["must be no more than 63 characters"], NameSyntax.Dns1123Label(s_long));

    [Theory]
    [InlineData("a.b-c.d", true)]
    [InlineData("a..b", false)]
    [InlineData(".a", false)]
    [InlineData("a.", false)]
    [InlineData("a.-b", false)]
    public void Dns1123Subdomain_IsLabelsWithDots(string value, bool valid) => Assert.Equal(valid, NameSyntax.Dns1123Subdomain(value).Count == 0);

    [Theory]
    [InlineData("a1", true)]
    [InlineData("1a", false)]
    [InlineData("", false)]
    public void Dns1035Label_StartsWithALetter(string value, bool valid) => Assert.Equal(valid, NameSyntax.Dns1035Label(value).Count == 0);

    [Theory]
    [InlineData("simple", true)]
    [InlineData("now-with_dashes.and-dots", true)]
    [InlineData("1-num.2-num/3-num", true)]
    [InlineData("example.com/A", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("A/b", false)]
    [InlineData("a/b/c", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    public void LabelKey_IsAQualifiedName(string value, bool valid) => Assert.Equal(valid, NameSyntax.LabelKey(value).Count == 0);

    [Fact]
    public void LabelKey_SaysWhichPartIsWrong()
    {
        Assert.Equal("prefix part must be non-empty", NameSyntax.LabelKey("/a")[0]);
        Assert.Equal("name part must be no more than 63 characters", Assert.Single(NameSyntax.LabelKey("a/" + s_long)));
        Assert.StartsWith("prefix part a lowercase RFC 1123 subdomain", NameSyntax.LabelKey("A/b")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("A_b.c-1", true)]
    [InlineData("-a", false)]
    [InlineData("a.", false)]
    [InlineData("a b", false)]
    public void LabelValue_IsEmptyOrAName(string value, bool valid) => Assert.Equal(valid, NameSyntax.LabelValue(value).Count == 0);

    [Theory]
    [InlineData("key", true)]
    [InlineData(".dockerconfigjson", true)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("..a", false)]
    [InlineData("a/b", false)]
    [InlineData("", false)]
    public void ConfigMapKey_IsAFileName(string value, bool valid) => Assert.Equal(valid, NameSyntax.ConfigMapKey(value).Count == 0);

    [Theory]
    [InlineData("http", true)]
    [InlineData("8080", false)]
    [InlineData("a--b", false)]
    [InlineData("a-", false)]
    [InlineData("abcdefghijklmnop", false)]
    [InlineData("A", false)]
    public void PortName_IsAServiceName(string value, bool valid) => Assert.Equal(valid, NameSyntax.PortName(value).Count == 0);

    [Theory]
    [InlineData("PATH", true)]
    [InlineData("my.odd name", true)]
    [InlineData("a=b", false)]
    [InlineData("", false)]
    [InlineData("a\tb", false)]
    public void EnvironmentVariableName_IsPrintableWithoutEquals(string value, bool valid) =>
        Assert.Equal(valid, NameSyntax.EnvironmentVariableName(value).Count == 0);

    [Theory]
    [InlineData("a\"b\\c\n\u0001é", "\"a\\\"b\\\\c\\n\\x01é\"")]
    public void GoQuote_EscapesAsGoDoes(string value, string expected) => Assert.Equal(expected, GoQuote.Of(value));
}
