using Minke.Api.Selectors;
using Xunit;

namespace Minke.Api.Tests.Selectors;

public sealed class LabelQueryTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web", true)]
    [InlineData("app=db", false)]
    [InlineData("app!=db", true)]
    [InlineData("missing!=db", true)]
    [InlineData("app in (db, web)", true)]
    [InlineData("app in (db)", false)]
    [InlineData("app notin (db,cache)", true)]
    [InlineData("missing notin (db)", true)]
    [InlineData("app notin (web)", false)]
    [InlineData("app", true)]
    [InlineData("missing", false)]
    [InlineData("!missing", true)]
    [InlineData("! missing", true)]
    [InlineData("!app", false)]
    [InlineData("rank>4", true)]
    [InlineData("rank>5", false)]
    [InlineData("rank<6", true)]
    [InlineData("app>1", false)]
    [InlineData("empty=", true)]
    [InlineData("empty=,app=web", true)]
    [InlineData("empty in ()", true)]
    [InlineData("app in (,web)", true)]
    [InlineData("in in (in)", true)]
    [InlineData("in=in,notin notin (x)", true)]
    [InlineData("example.com/part=a,app=web,rank", true)]
    [InlineData("  app = web ,\trank ", true)]
    public void SelectorInQueryForm_MatchesAsKubernetesDoes(string text, bool expected)
    {
        var labels = new Dictionary<string, string>
        {
            ["app"] = "web", ["rank"] = "5", ["empty"] = "", ["in"] = "in", ["example.com/part"] = "a",
        };

        Assert.Equal(expected, LabelQuery.Parse(text).Matches(labels));
    }

    [Theory]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("=a", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData("a=b=c", "found '=', expected: ',' or 'end of string'")]
    [InlineData("!a=b", "found '=', expected: ',' or 'end of string'")]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'")]
    [InlineData("a==!", "unable to parse requirement: found '!', expected: identifier")]
    [InlineData("a>b", "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer")]
    [InlineData(
        "a=-x",
        "unable to parse requirement: values[0][a]: Invalid value: \"-x\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
        + "and must start and end with an alphanumeric character (e.g. 'MyValue', or 'my_value', or '12345', "
        + "regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    [InlineData(
        "a/b/c",
        "unable to parse requirement: <nil>: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end "
        + "with an alphanumeric character (e.g. 'MyName', or 'my.name', or '123-abc', regex used for validation is "
        + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')")]
    public void BrokenText_IsRefusedWithTheMessageOfKubernetes(string text, string message)
    {
        var exception = Assert.Throws<FormatException>(() => LabelQuery.Parse(text));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("x in (b,a),y,!z", "x in (a,b),y,!z")]
    [InlineData("b=1,a=2", "a=2,b=1")]
    [InlineData("a>1,b<2,c!=3,d==4", "a>1,b<2,c!=3,d==4")]
    public void TextForm_IsNormalized(string text, string expected)
    {
        var query = LabelQuery.Parse(text);

        Assert.Equal(expected, query.ToString());
        Assert.Equal(expected, LabelQuery.Parse(query.ToString()).ToString());
    }

    [Fact]
    public void Nothing_MatchesNoLabels() => Assert.False(LabelQuery.Nothing.Matches(new Dictionary<string, string>()));

    [Fact]
    public void ManyValues_MatchByBinarySearch()
    {
        var query = LabelQuery.Parse($"a in ({string.Join(',', Enumerable.Range(0, 1000))})");

        Assert.True(query.Matches(new Dictionary<string, string> { ["a"] = "999" }));
        Assert.False(query.Matches(new Dictionary<string, string> { ["a"] = "1000" }));
    }

    [Fact]
    public void RequiredValue_IsGivenOnlyForOneExactValue()
    {
        var query = LabelQuery.Parse("a=1,b in (2),c in (3,4),d!=5");

        Assert.Equal("1", query.RequiredValue("a"));
        Assert.Equal("2", query.RequiredValue("b"));
        Assert.Null(query.RequiredValue("c"));
        Assert.Null(query.RequiredValue("d"));
    }

    [Fact]
    public void HugeText_IsRefused()
    {
        var text = new string('a', LabelQuery.MaxTextLength + 1);

        Assert.Contains("longer than", Assert.Throws<FormatException>(() => LabelQuery.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matching_DoesNotAllocate()
    {
        var query = LabelQuery.Parse("a=1,b in (2,3),!c,d!=4");
        var labels = new Dictionary<string, string> { ["a"] = "1", ["b"] = "3" };
        query.Matches(labels);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            query.Matches(labels);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void RandomTexts_ParseOrAreRefused_NothingElse()
    {
        const string Alphabet = "ab=!,() \t<>\\in.-/notin1";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Create(random.Next(0, 24), random, (chars, source) =>
            {
                foreach (ref var c in chars)
                {
                    c = Alphabet[source.Next(Alphabet.Length)];
                }
            });
            try
            {
                var normal = LabelQuery.Parse(text).ToString();
                Assert.Equal(normal, LabelQuery.Parse(normal).ToString());
            }
            catch (FormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }
}
