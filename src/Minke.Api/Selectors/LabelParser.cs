namespace Minke.Api.Selectors;

/// <summary>
/// Reads the query form of a label selector: <c>a=b,c!=d,e in (x,y),f notin (z),g,!h,n&gt;1</c>. One token of look-ahead; the depth does not grow with the input.
/// </summary>
internal ref struct LabelParser
{
    private LabelLexer _lexer;
    private LabelToken _token;
    private string _literal;

    public LabelParser(string text)
    {
        _lexer = new LabelLexer(text);
        (_token, _literal) = _lexer.Next();
    }

    public List<LabelRequirement> Parse()
    {
        List<LabelRequirement> requirements = [];
        while (_token != LabelToken.End)
        {
            if (!IsIdentifier(_token) && _token != LabelToken.Exclamation)
            {
                throw new FormatException($"found '{_literal}', expected: !, identifier, or 'end of string'");
            }

            requirements.Add(ParseWrapped());
            if (_token == LabelToken.End)
            {
                break;
            }

            Expect(_token == LabelToken.Comma, ", expected: ',' or 'end of string'");
            Advance();
            Expect(IsIdentifier(_token) || _token == LabelToken.Exclamation, ", expected: identifier after ','");
        }

        return requirements;
    }

    private LabelRequirement ParseWrapped()
    {
        try
        {
            return ParseRequirement();
        }
        catch (FormatException exception)
        {
            throw new FormatException("unable to parse requirement: " + exception.Message, exception);
        }
    }

    private LabelRequirement ParseRequirement()
    {
        var negated = _token == LabelToken.Exclamation;
        if (negated)
        {
            Advance();
        }

        Expect(IsIdentifier(_token), ", expected: identifier");
        var key = _literal;
        if (NameSyntax.LabelKey(key) is { Count: > 0 } complaints)
        {
            throw new FormatException($"<nil>: Invalid value: {GoQuote.Of(key)}: {string.Join("; ", complaints)}");
        }

        Advance();
        if (negated || _token is LabelToken.End or LabelToken.Comma)
        {
            return LabelRequirement.Create(key, negated ? LabelOperator.DoesNotExist : LabelOperator.Exists, []);
        }

        var op = ParseOperator();
        var values = op is LabelOperator.In or LabelOperator.NotIn ? ParseValues() : [ParseExactValue()];
        return LabelRequirement.Create(key, op, values);
    }

    private LabelOperator ParseOperator()
    {
        var op = _token switch
        {
            LabelToken.In => LabelOperator.In,
            LabelToken.NotIn => LabelOperator.NotIn,
            LabelToken.Equals => LabelOperator.Equals,
            LabelToken.DoubleEquals => LabelOperator.DoubleEquals,
            LabelToken.NotEquals => LabelOperator.NotEquals,
            LabelToken.Greater => LabelOperator.GreaterThan,
            LabelToken.Less => LabelOperator.LessThan,
            _ => throw new FormatException($"found '{_literal}', expected: in, notin, =, ==, !=, gt, lt"),
        };
        Advance();
        return op;
    }

    /// <summary>The list in parentheses. An element may be empty: <c>(,a)</c> holds the empty string and "a".</summary>
    private List<string> ParseValues()
    {
        Expect(_token == LabelToken.OpenParenthesis, " expected: '('");
        Advance();
        List<string> values = [];
        while (true)
        {
            if (IsIdentifier(_token))
            {
                values.Add(_literal);
                Advance();
                Expect(_token is LabelToken.Comma or LabelToken.CloseParenthesis, ", expected: ',' or ')'");
            }
            else
            {
                Expect(_token is LabelToken.Comma or LabelToken.CloseParenthesis, ", expected: ',', ')' or identifier");
                values.Add("");
            }

            var end = _token == LabelToken.CloseParenthesis;
            Advance();
            if (end)
            {
                return values;
            }
        }
    }

    private string ParseExactValue()
    {
        if (_token is LabelToken.End or LabelToken.Comma)
        {
            return "";
        }

        Expect(IsIdentifier(_token), ", expected: identifier");
        var value = _literal;
        Advance();
        return value;
    }

    private void Advance() => (_token, _literal) = _lexer.Next();

    private readonly void Expect(bool met, string expectation)
    {
        if (!met)
        {
            throw new FormatException($"found '{_literal}'{expectation}");
        }
    }

    /// <summary>The words "in" and "notin" are operators only where an operator stands; elsewhere they are keys or values.</summary>
    private static bool IsIdentifier(LabelToken token) => token is LabelToken.Identifier or LabelToken.In or LabelToken.NotIn;
}
