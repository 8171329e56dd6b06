namespace Minke.ApiServer.Patch.Apply;

/// <summary>An element in a <see cref="FieldSet"/>: whether the path that ends here is a member, and what is below it.</summary>
internal readonly record struct FieldSetNode(string Element, bool IsMember, FieldSet? Below);

/// <summary>
/// The nodes of one level of a <see cref="FieldSet"/>. Most levels have a few: those are kept in an array and searched; only large ones have a
/// dictionary. A mutable struct, to be a field and nothing else.
/// </summary>
internal struct FieldSetNodes
{
    private const int ScanUpTo = 24;

    private FieldSetNode[]? _nodes;
    private Dictionary<string, int>? _index;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<FieldSetNode> AsSpan() => _nodes.AsSpan(0, Count);

    /// <summary>The node of an element; the default value, which is no member and has nothing below, when there is none.</summary>
    public readonly FieldSetNode Find(string element)
    {
        var position = PositionOf(element);
        return position < 0 ? default : _nodes![position];
    }

    /// <summary>Adds a node or replaces the one of the same element.</summary>
    public void Set(FieldSetNode node)
    {
        var position = PositionOf(node.Element);
        if (position >= 0)
        {
            _nodes![position] = node;
            return;
        }

        if (_nodes is null || Count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Math.Max(2, Count * 2));
        }

        _nodes[Count] = node;
        _index?.Add(node.Element, Count);
        Count++;
        if (Count > ScanUpTo && _index is null)
        {
            BuildIndex();
        }
    }

    private readonly int PositionOf(string element)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(element, out var position) ? position : -1;
        }

        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(_nodes![i].Element, element, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private void BuildIndex()
    {
        _index = new Dictionary<string, int>(Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
        {
            _index.Add(_nodes![i].Element, i);
        }
    }
}
