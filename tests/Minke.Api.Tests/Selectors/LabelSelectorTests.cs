using Minke.Api.Meta;
using Minke.Api.Selectors;
using Xunit;

namespace Minke.Api.Tests.Selectors;

public sealed class LabelSelectorTests
{
    [Fact]
    public void NoSelector_SelectsNothing_AnEmptyOneEverything()
    {
        Assert.True(LabelQuery.OfSelector(null).IsNothing);
        Assert.True(LabelQuery.OfSelector(new LabelSelector()).IsEverything);
    }

    [Fact]
    public void LabelsAndExpressions_AllHaveToHold()
    {
        var selector = new LabelSelector
        {
            MatchLabels = new ApiMap<string> { ["app"] = "web" },
            MatchExpressions = [new LabelSelectorRequirement { Key = "tier", Operator = "NotIn", Values = ["db"] }],
        };

        var query = LabelQuery.OfSelector(selector);

        Assert.Equal("app=web,tier notin (db)", query.ToString());
        Assert.True(query.Matches(new ApiMap<string> { ["app"] = "web" }));
        Assert.False(query.Matches(new ApiMap<string> { ["app"] = "web", ["tier"] = "db" }));
    }

    [Fact]
    public void UnknownOperator_IsRefused() => Assert.Equal(
        "\"Near\" is not a valid label selector operator",
        Assert.Throws<FormatException>(
            () => LabelQuery.OfSelector(new LabelSelector { MatchExpressions = [new LabelSelectorRequirement { Key = "a", Operator = "Near" }] })).Message);
}
