using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Minke.Api;

/// <summary>Turns the events of a YAML parser into nodes, one document at a time.</summary>
internal sealed class YamlComposer(IParser parser)
{
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    /// <summary>The next document's value; null after the last.</summary>
    public YamlNode? NextDocument()
    {
        while (MoveNext())
        {
            if (parser.Current is DocumentStart)
            {
                _anchors.Clear();
                Next();
                return Compose(0);
            }
        }

        return null;
    }

    private YamlNode Compose(int depth)
    {
        if (depth > ApiLimits.MaxDepth)
        {
            throw Malformed("values are nested too deeply");
        }

        if (++_nodes > ApiLimits.MaxNodes)
        {
            throw ApiErrors.TooLarge($"the document has more than {ApiLimits.MaxNodes} values");
        }

        switch (parser.Current)
        {
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value.Value, out var target) ? target : throw Malformed($"unknown anchor \"{alias.Value.Value}\"");
            case Scalar scalar:
                return Remember(scalar, new YamlScalar { Line = Line, Value = Resolve(scalar) });
            case SequenceStart start:
                return Remember(start, ComposeSequence(depth));
            case MappingStart start:
                return Remember(start, ComposeMapping(depth));
            default:
                throw Malformed("a value is missing");
        }
    }

    private long Line => parser.Current!.Start.Line;

    // An anchor is known only after its value ends, so a value cannot hold itself.
    private YamlNode Remember(NodeEvent start, YamlNode node)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private YamlSequence ComposeSequence(int depth)
    {
        var sequence = new YamlSequence { Line = Line };
        for (Next(); parser.Current is not SequenceEnd; Next())
        {
            sequence.Items.Add(Compose(depth + 1));
        }

        return sequence;
    }

    private YamlMapping ComposeMapping(int depth)
    {
        var mapping = new YamlMapping { Line = Line };
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<YamlNode>();
        for (Next(); parser.Current is not MappingEnd; Next())
        {
            var isMerge = parser.Current is Scalar { Value: "<<", IsPlainImplicit: true, Tag.IsEmpty: true };
            var key = isMerge ? "<<" : Key(Compose(depth + 1));
            if (!isMerge && !keys.Add(key))
            {
                throw Malformed($"key \"{key}\" already set in map");
            }

            Next();
            var value = Compose(depth + 1);
            if (isMerge)
            {
                merged.Add(value);
            }
            else
            {
                mapping.Entries.Add(new(key, value));
            }
        }

        foreach (var source in merged)
        {
            Merge(mapping, keys, source);
        }

        return mapping;
    }

    /// <summary>Adds the entries of a merge key's mapping, or of each mapping in its sequence, that are not there yet.</summary>
    private void Merge(YamlMapping target, HashSet<string> keys, YamlNode source)
    {
        switch (source)
        {
            case YamlMapping mapping:
                _nodes += mapping.Entries.Count;
                target.Entries.AddRange(mapping.Entries.Where(entry => keys.Add(entry.Key)));
                break;
            case YamlSequence sequence when sequence.Items.TrueForAll(item => item is YamlMapping):
                foreach (var item in sequence.Items)
                {
                    Merge(target, keys, item);
                }

                break;
            default:
                throw Malformed("a merge key needs a map, or a list of maps");
        }

        if (_nodes > ApiLimits.MaxNodes)
        {
            throw ApiErrors.TooLarge($"the document has more than {ApiLimits.MaxNodes} values");
        }
    }

    private string Key(YamlNode node) => node switch
    {
        YamlScalar { Value: { Kind: not YamlValueKind.Null } value } => value.Text,
        _ => throw Malformed("a key of a map is not a string, a number or a boolean"),
    };

    private YamlValue Resolve(Scalar scalar)
    {
        if (!scalar.Tag.IsEmpty)
        {
            return YamlValue.OfTagged(scalar.Tag.Value, scalar.Value) ?? throw Malformed($"the tag {scalar.Tag.Value} does not fit \"{scalar.Value}\"");
        }

        return scalar.Style == ScalarStyle.Plain ? YamlValue.OfPlain(scalar.Value) : YamlValue.OfString(scalar.Value);
    }

    private void Next()
    {
        if (!MoveNext())
        {
            throw ApiErrors.BadRequest("yaml: the document ends inside a value");
        }
    }

    private bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser's own checks fail on some malformed text.
            throw ApiErrors.BadRequest("yaml: the text cannot be parsed", exception);
        }
    }

    private ApiException Malformed(string why) => ApiErrors.BadRequest(string.Create(CultureInfo.InvariantCulture, $"yaml: line {Line}: {why}"));
}
