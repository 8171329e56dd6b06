namespace Minke.ApiServer.Patch.Apply;

/// <summary>
/// A set of paths into an object, as managedFields keep them (KEP-555): a tree of path elements, each of which may be a member itself and
/// may have members below it. Elements are written as FieldsV1 writes them; see <see cref="PathElement"/>. Filled once, then only read;
/// the operations give new sets, which may share subtrees with their operands.
/// </summary>
internal sealed class FieldSet
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    public static FieldSet Empty { get; } = new();

    /// <summary>Whether no path is a member. A set never keeps elements that are not on the way to a member.</summary>
    public bool IsEmpty => _nodes.Count == 0;

    /// <summary>The first elements of the set's paths, in the order in which they are written.</summary>
    public IEnumerable<string> Elements => _nodes.Keys.Order(StringComparer.Ordinal);

    public bool Has(string element) => _nodes.TryGetValue(element, out var node) && node.IsMember;

    /// <summary>What lies below an element; empty when nothing does.</summary>
    public FieldSet Below(string element) => _nodes.TryGetValue(element, out var node) ? node.Below ?? Empty : Empty;

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
        foreach (var (element, node) in _nodes)
        {
            result._nodes.Add(element, node);
        }

        foreach (var (element, node) in other._nodes)
        {
            var mine = result._nodes.GetValueOrDefault(element);
            var below = mine.Below is null ? node.Below : node.Below is null ? mine.Below : mine.Below.Union(node.Below);
            result._nodes[element] = new Node(mine.IsMember || node.IsMember, below);
        }

        return result;
    }

    public FieldSet Intersection(FieldSet other)
    {
        var result = new FieldSet();
        foreach (var (element, node) in _nodes)
        {
            if (other._nodes.TryGetValue(element, out var theirs))
            {
                var below = node.Below is null || theirs.Below is null ? null : node.Below.Intersection(theirs.Below);
                result.Add(element, node.IsMember && theirs.IsMember, below);
            }
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
        foreach (var (element, node) in _nodes)
        {
            var theirs = other._nodes.GetValueOrDefault(element);
            var below = node.Below is null || theirs.Below is null ? node.Below : node.Below.Difference(theirs.Below);
            result.Add(element, node.IsMember && !theirs.IsMember, below);
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
        foreach (var (element, node) in _nodes)
        {
            var theirs = other._nodes.GetValueOrDefault(element);
            if (!theirs.IsMember)
            {
                var below = node.Below is null || theirs.Below is null ? node.Below : node.Below.RecursiveDifference(theirs.Below);
                result.Add(element, node.IsMember, below);
            }
        }

        return result;
    }

    /// <summary>The set with every declared field on the way to a member made a member too; keys of maps and elements of lists are not.</summary>
    public FieldSet WithDeclaredParents(FieldScope scope)
    {
        var result = new FieldSet();
        foreach (var (element, node) in _nodes)
        {
            var below = node.Below?.WithDeclaredParents(scope.Below(element));
            result.Add(element, node.IsMember || (below is not null && scope.Declares(element)), below);
        }

        return result;
    }

    public bool SetEquals(FieldSet other)
    {
        if (_nodes.Count != other._nodes.Count)
        {
            return false;
        }

        foreach (var (element, node) in _nodes)
        {
            var same = other._nodes.TryGetValue(element, out var theirs)
                && node.IsMember == theirs.IsMember
                && (node.Below ?? Empty).SetEquals(theirs.Below ?? Empty);
            if (!same)
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
            _nodes[element] = new Node(isMember, below is { IsEmpty: false } ? below : null);
        }
    }

    private IEnumerable<string[]> Paths(string[] prefix)
    {
        foreach (var element in Elements)
        {
            string[] path = [.. prefix, element];
            var node = _nodes[element];
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
        if (_nodes.TryGetValue(element, out var node) && node.Below is not null)
        {
            return node.Below;
        }

        var below = new FieldSet();
        _nodes[element] = new Node(node.IsMember, below);
        return below;
    }

    private void InsertHere(string element) => _nodes[element] = new Node(IsMember: true, _nodes.GetValueOrDefault(element).Below);

    private readonly record struct Node(bool IsMember, FieldSet? Below);
}
