namespace Minke.Api;

/// <summary>A composed YAML value. An alias is the same node in several places.</summary>
internal abstract class YamlNode
{
    /// <summary>Counted from 1; for messages.</summary>
    public required long Line { get; init; }

    public virtual bool IsNull => false;
}

internal sealed class YamlScalar : YamlNode
{
    public required YamlValue Value { get; init; }

    public override bool IsNull => Value.Kind == YamlValueKind.Null;
}

internal sealed class YamlSequence : YamlNode
{
    public List<YamlNode> Items { get; } = [];
}

internal sealed class YamlMapping : YamlNode
{
    /// <summary>In the order of the text; merged entries come last.</summary>
    public List<KeyValuePair<string, YamlNode>> Entries { get; } = [];
}
