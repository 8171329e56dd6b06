namespace Minke.Api.Selectors;

internal enum LabelToken
{
    End,
    Identifier,
    In,
    NotIn,
    OpenParenthesis,
    CloseParenthesis,
    Comma,
    Exclamation,
    Equals,
    DoubleEquals,
    NotEquals,
    Greater,
    Less,
}

/// <summary>Cuts the query form of a label selector into tokens.</summary>
internal ref struct LabelLexer(string text)
{
    private readonly string _text = text;
    private int _position;

    public (LabelToken Token, string Literal) Next()
    {
        while (_position < _text.Length && IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        if (_position == _text.Length)
        {
            return (LabelToken.End, "");
        }

        return IsSymbol(_text[_position]) ? Symbol() : Word();
    }

    private (LabelToken Token, string Literal) Word()
    {
        var start = _position;
        while (_position < _text.Length && !IsSymbol(_text[_position]) && !IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        var word = _text[start.._position];
        return word switch
        {
            "in" => (LabelToken.In, word),
            "notin" => (LabelToken.NotIn, word),
            _ => (LabelToken.Identifier, word),
        };
    }

    private (LabelToken Token, string Literal) Symbol()
    {
        var next = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        (LabelToken Token, string Literal) found = (_text[_position], next) switch
        {
            ('=', '=') => (LabelToken.DoubleEquals, "=="),
            ('!', '=') => (LabelToken.NotEquals, "!="),
            ('=', _) => (LabelToken.Equals, "="),
            ('!', _) => (LabelToken.Exclamation, "!"),
            ('(', _) => (LabelToken.OpenParenthesis, "("),
            (')', _) => (LabelToken.CloseParenthesis, ")"),
            (',', _) => (LabelToken.Comma, ","),
            ('>', _) => (LabelToken.Greater, ">"),
            _ => (LabelToken.Less, "<"),
        };
        _position += found.Literal.Length;
        return found;
    }

    private static bool IsWhiteSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static bool IsSymbol(char c) => c is '=' or '!' or '(' or ')' or ',' or '>' or '<';
}
