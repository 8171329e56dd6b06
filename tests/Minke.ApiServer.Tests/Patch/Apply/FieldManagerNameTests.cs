using Minke.Api;
using Minke.ApiServer.Patch.Apply;
using Xunit;

namespace Minke.ApiServer.Tests.Patch.Apply;

public sealed class FieldManagerNameTests
{
    [Theory]
    [InlineData("helm", "kubectl/v1.32", "helm")]
    [InlineData("", "kubectl/v1.32 (linux/amd64)", "kubectl")]
    [InlineData("", "Mozilla", "Mozilla")]
    [InlineData("", "", "unknown")]
    [InlineData("", "a\u0001b/1", "ab")]
    public void Name_IsTheParameterOrTheProgram(string parameter, string userAgent, string expected) =>
        Assert.Equal(expected, FieldManagerName.Of(parameter, userAgent));

    [Fact]
    public void LongUserAgent_IsCut() => Assert.Equal(128, FieldManagerName.Of("", new string('a', 1000)).Length);

    [Fact]
    public void ApplyWithoutName_IsInvalid()
    {
        var errors = new FieldErrors();

        FieldManagerName.Validate("", isApply: true, errors);

        Assert.Equal("Required value: is required for apply patch", Assert.Single(errors.Causes).Message);
    }

    [Theory]
    [InlineData("a\nb")]
    public void UnprintableName_IsInvalid(string name)
    {
        var errors = new FieldErrors();

        FieldManagerName.Validate(name, isApply: false, errors);

        Assert.True(errors.Any);
    }
}
