using Minke.Api.Selectors;
using Xunit;

namespace Minke.Api.Tests.Selectors;

public sealed class FieldQueryTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=x", true)]
    [InlineData("metadata.name==x", true)]
    [InlineData("metadata.name!=x", false)]
    [InlineData("metadata.name=x,spec.nodeName!=y", true)]
    [InlineData("metadata.name=x,spec.nodeName=y", false)]
    [InlineData("spec.nodeName=", true)]
    [InlineData("spec.nodeName!=", false)]
    [InlineData(",metadata.name=x,", true)]
    [InlineData(@"odd=a\,b\=c\\", true)]
    public void SelectorInQueryForm_Matches(string text, bool expected)
    {
        var fields = new Dictionary<string, string> { ["metadata.name"] = "x", ["odd"] = @"a,b=c\" };

        Assert.Equal(expected, FieldQuery.Parse(text).Matches(fields, static (all, field) => all.GetValueOrDefault(field, "")));
    }

    [Theory]
    [InlineData("a", "invalid selector: 'a'; can't understand 'a'")]
    [InlineData("b=1,a", "invalid selector: 'b=1,a'; can't understand 'a'")]
    [InlineData("a=b=c", "invalid field selector: unescaped character in value: =")]
    [InlineData(@"a=b\c", @"invalid field selector: invalid escape sequence: \c")]
    [InlineData(@"a=b\", @"invalid field selector: invalid escape sequence: \")]
    public void BrokenText_IsRefusedWithTheMessageOfKubernetes(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => FieldQuery.Parse(text)).Message);

    [Fact]
    public void EscapedValues_SurviveTheTextForm()
    {
        var query = FieldQuery.Of(new FieldTerm("a", @"x,y=z\", Negated: false), new FieldTerm("b", "", Negated: true));

        Assert.Equal(query.Terms, FieldQuery.Parse(query.ToString()).Terms);
    }

    [Fact]
    public void RequiredValue_IsTheOneThatTheFieldMustHave()
    {
        var query = FieldQuery.Parse("spec.nodeName=n1,metadata.name!=x");

        Assert.Equal("n1", query.RequiredValue("spec.nodeName"));
        Assert.Null(query.RequiredValue("metadata.name"));
    }
}
