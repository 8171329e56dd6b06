namespace Minke.Api;

/// <summary>Writes composed YAML as JSON. Aliases are written out each time, within the bounds of a document.</summary>
internal sealed class YamlJson(JsonSink sink)
{
    private int _nodes;

    public static byte[] Write(YamlNode root)
    {
        using var sink = new JsonSink();
        new YamlJson(sink).Write(root, 0);
        return sink.Written.ToArray();
    }

    private void Write(YamlNode node, int depth)
    {
        if (depth > ApiLimits.MaxDepth || ++_nodes > ApiLimits.MaxNodes || sink.Written.Length > ApiLimits.MaxBodyBytes)
        {
            throw ApiErrors.TooLarge("the document becomes too large when its aliases are written out");
        }

        switch (node)
        {
            case YamlMapping mapping:
                WriteMapping(mapping, depth);
                break;
            case YamlSequence sequence:
                WriteSequence(sequence, depth);
                break;
            case YamlScalar scalar:
                WriteScalar(scalar.Value);
                break;
        }
    }

    private void WriteMapping(YamlMapping mapping, int depth)
    {
        var separator = (byte)'{';
        foreach (var (key, value) in mapping.Entries)
        {
            sink.Byte(separator);
            separator = (byte)',';
            sink.String(key);
            sink.Byte((byte)':');
            Write(value, depth + 1);
        }

        sink.Raw(mapping.Entries.Count == 0 ? "{}"u8 : "}"u8);
    }

    private void WriteSequence(YamlSequence sequence, int depth)
    {
        var separator = (byte)'[';
        foreach (var item in sequence.Items)
        {
            sink.Byte(separator);
            separator = (byte)',';
            Write(item, depth + 1);
        }

        sink.Raw(sequence.Items.Count == 0 ? "[]"u8 : "]"u8);
    }

    private void WriteScalar(YamlValue value)
    {
        switch (value.Kind)
        {
            case YamlValueKind.Null:
                sink.Raw("null"u8);
                break;
            case YamlValueKind.String:
                sink.String(value.Text);
                break;
            default:
                sink.Raw(System.Text.Encoding.ASCII.GetBytes(value.Text));
                break;
        }
    }
}
