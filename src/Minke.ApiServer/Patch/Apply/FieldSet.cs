namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// A set of paths into an object, as managedFields keep them (KEP-555): a tree of path elements, each of which may be a member itself and
/// may have members below it. Elements are written as FieldsV1 writes them; see <see cref="PathElement"/>. Filled once, then only read;
/// the operations give new sets, which may share subtrees with their operands.
/// </summary>
internal sealed class FieldSet
{
    private FieldSetNodes _nodes; // mutable struct: never copied

    public static FieldSet Empty { get; } = new();

    /// <summary>Whether no path is a member. A set never keeps elements that are not on the way to a member.</summary>
    public bool IsEmpty => _nodes.Count == 0;

    /// <summary>The first level of the set, in no particular order.</summary>
    public ReadOnlySpan<FieldSetNode> Nodes => _nodes.AsSpan();

    /// <summary>The first level of the set in the order in which it is written.</summary>
    public FieldSetNode[] SortedNodes()
    {
        var nodes = _nodes.AsSpan().ToArray();
        nodes.AsSpan().Sort(static (one, other) => string.CompareOrdinal(one.Element, other.Element));
        return nodes;
    }

    public bool Has(string element) => _nodes.Find(element).IsMember;

    /// <summary>What lies below an element; empty when nothing does.</summary>
    public FieldSet Below(string element) => _nodes.Find(element).Below ?? Empty;

    public bool Contains(ReadOnlySpan<string> path)
    {
        var set = this;
        while (path.Length > 1)
        {
            set = set.Below(path[0]);
            path = path[1..];
        }

        return path.Length == 1 && set.Has(path[0]);
    }

    /// <summary>Makes a path a member; the paths on the way to it do not become members. The empty path is ignored.</summary>
    public void Insert(ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            return;
        }

        var set = this;
        foreach (var element in path[..^1])
        {
            set = set.BelowForInsert(element);
        }

        set.InsertHere(path[^1]);
    }

    public FieldSet Union(FieldSet other)
    {
        if (IsEmpty || ReferenceEquals(this, other))
        {
            return other;
        }

        if (other.IsEmpty)
        {
            return this;
        }

        var result = new FieldSet();
        foreach (var node in _nodes.AsSpan())
        {
            result._nodes.Set(node);
        }

        foreach (var node in other._nodes.AsSpan())
        {
            var mine = result._nodes.Find(node.Element);
            var below = mine.Below is null ? node.Below : node.Below is null ? mine.Below : mine.Below.Union(node.Below);
            result._nodes.Set(new FieldSetNode(node.Element, mine.IsMember || node.IsMember, below));
        }

        return result;
    }

    public FieldSet Intersection(FieldSet other)
    {
        var result = new FieldSet();
        foreach (var node in _nodes.AsSpan())
        {
            var theirs = other._nodes.Find(node.Element);
            var below = node.Below is null || theirs.Below is null ? null : node.Below.Intersection(theirs.Below);
            result.Add(node.Element, node.IsMember && theirs.IsMember, below);
        }

        return result;
    }

    /// <summary>The paths that are not in the other set. Members below a path that the other set has stay.</summary>
    public FieldSet Difference(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var result = new FieldSet();
        foreach (var node in _nodes.AsSpan())
        {
            var theirs = other._nodes.Find(node.Element);
            var below = node.Below is null || theirs.Below is null ? node.Below : node.Below.Difference(theirs.Below);
            result.Add(node.Element, node.IsMember && !theirs.IsMember, below);
        }

        return result;
    }

    /// <summary>The paths that are neither in the other set nor below one of its members.</summary>
    public FieldSet RecursiveDifference(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var result = new FieldSet();
        foreach (var node in _nodes.AsSpan())
        {
            var theirs = other._nodes.Find(node.Element);
            if (!theirs.IsMember)
            {
                var below = node.Below is null || theirs.Below is null ? node.Below : node.Below.RecursiveDifference(theirs.Below);
                result.Add(node.Element, node.IsMember, below);
            }
        }

        return result;
    }

    /// <summary>The set with every declared field on the way to a member made a member too; keys of maps and elements of lists are not.</summary>
    public FieldSet WithDeclaredParents(FieldScope scope)
    {
        var result = new FieldSet();
        foreach (var node in _nodes.AsSpan())
        {
            var below = node.Below?.WithDeclaredParents(scope.Below(node.Element));
            result.Add(node.Element, node.IsMember || (below is not null && scope.Declares(node.Element)), below);
        }

        return result;
    }

    public bool SetEquals(FieldSet other)
    {
        if (_nodes.Count != other._nodes.Count)
        {
            return false;
        }

        foreach (var node in _nodes.AsSpan())
        {
            var theirs = other._nodes.Find(node.Element);
            if (node.IsMember != theirs.IsMember || !(node.Below ?? Empty).SetEquals(theirs.Below ?? Empty))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All members, parents before what is below them.</summary>
    public IEnumerable<string[]> Paths() => Paths([]);

    /// <summary>Adds an element that is not there yet, if it says anything.</summary>
    internal void Add(string element, bool isMember, FieldSet? below)
    {
        if (isMember || below is { IsEmpty: false })
        {
            _nodes.Set(new FieldSetNode(element, isMember, below is { IsEmpty: false } ? below : null));
        }
    }

    private IEnumerable<string[]> Paths(string[] prefix)
    {
        foreach (var node in SortedNodes())
        {
            string[] path = [.. prefix, node.Element];
            if (node.IsMember)
            {
                yield return path;
            }

            foreach (var deeper in node.Below?.Paths(path) ?? [])
            {
                yield return deeper;
            }
        }
    }

    private FieldSet BelowForInsert(string element)
    {
        var node = _nodes.Find(element);
        if (node.Below is not null)
        {
            return node.Below;
        }

        var below = new FieldSet();
        _nodes.Set(new FieldSetNode(element, node.IsMember, below));
        return below;
    }

    private void InsertHere(string element) => _nodes.Set(new FieldSetNode(element, IsMember: true, _nodes.Find(element).Below));
}
