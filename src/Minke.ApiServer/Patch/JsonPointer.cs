namespace Minke.ApiServer.Patch;

/// <summary>A JSON pointer (RFC 6901), parsed. The empty pointer names the whole document.</summary>
internal sealed class JsonPointer
{
    private JsonPointer(string text, string[] tokens)
    {
        Text = text;
        Tokens = tokens;
    }

    public string Text { get; }

    public IReadOnlyList<string> Tokens { get; }

    public bool IsRoot => Tokens.Count == 0;

    public string Last => Tokens[^1];

    /// <exception cref="PatchException">The text is not a pointer, or is deeper than any document.</exception>
    public static JsonPointer Parse(string text)
    {
        if (text.Length == 0)
        {
            return new JsonPointer(text, []);
        }

        if (text[0] != '/')
        {
            throw PatchException.NotApplicable($"the JSON pointer \"{Shorten(text)}\" does not begin with '/'");
        }

        var tokens = text[1..].Split('/');
        if (tokens.Length > JsonText.MaxDepth)
        {
            throw PatchException.NotApplicable($"the JSON pointer \"{Shorten(text)}\" is too deep");
        }

        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = Unescape(tokens[i]);
        }

        return new JsonPointer(text, tokens);
    }

    /// <summary>Whether this pointer names something inside of what the other one names.</summary>
    public bool IsInside(JsonPointer other) => Tokens.Count > other.Tokens.Count && other.Tokens.SequenceEqual(Tokens.Take(other.Tokens.Count));

    public override string ToString() => Shorten(Text);

    private static string Unescape(string token) =>
        token.Contains('~') ? token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal) : token;

    private static string Shorten(string text) => text.Length <= 256 ? text : text[..256] + "...";
}
