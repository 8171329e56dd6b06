namespace Minke.ApiServer.Cache;

/// <summary>
/// All objects of a kind as of a revision, in key order. Immutable: a sorted array of sorted leaves, where a change copies one leaf and the
/// array of leaves and shares the rest, so that readers hold a state for as long as they like without a lock.
/// </summary>
internal sealed class CacheSnapshot
{
    public static readonly CacheSnapshot Empty = new(0, 0, [], 0);

    private readonly CachedObject[][] _leaves;

    public CacheSnapshot(long changed, long revision, CachedObject[][] leaves, int count) =>
        (Changed, Revision, _leaves, Count) = (changed, revision, leaves, count);

    /// <summary>The revision of the last change; the state was the same from there to <see cref="Revision"/>.</summary>
    public long Changed { get; }

    public long Revision { get; }

    public int Count { get; }

    /// <summary>The leaves, not to be changed.</summary>
    internal CachedObject[][] Leaves => _leaves;

    public CachedObject? Find(string key)
    {
        var (leaf, index) = Seek(key);
        return leaf < _leaves.Length && index < _leaves[leaf].Length && _leaves[leaf][index].Key == key ? _leaves[leaf][index] : null;
    }

    /// <summary>The objects whose key begins with <paramref name="prefix"/> and comes after <paramref name="afterKey"/>.</summary>
    public IEnumerable<CachedObject> Range(string prefix, string? afterKey)
    {
        var from = afterKey is not null && string.CompareOrdinal(afterKey, prefix) >= 0 ? afterKey : prefix;
        var (leaf, index) = Seek(from);
        for (; leaf < _leaves.Length; leaf++, index = 0)
        {
            for (; index < _leaves[leaf].Length; index++)
            {
                var item = _leaves[leaf][index];
                if (!item.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield break;
                }

                if (item.Key != afterKey)
                {
                    yield return item;
                }
            }
        }
    }

    /// <summary>How many keys begin with <paramref name="prefix"/> and come after <paramref name="afterKey"/>.</summary>
    public long CountAfter(string prefix, string afterKey) => Rank(prefix + char.MaxValue) - Rank(afterKey + '\0');

    /// <summary>The same objects, known to be so up to a newer revision.</summary>
    public CacheSnapshot Until(long revision) => new(Changed, revision, _leaves, Count);

    /// <summary>Whether this was the state at a revision.</summary>
    public bool IsStateAt(long revision) => Changed <= revision && revision <= Revision;

    /// <summary>How many keys come before a key.</summary>
    private long Rank(string key)
    {
        var (leaf, index) = Seek(key);
        long rank = index;
        for (var i = 0; i < leaf; i++)
        {
            rank += _leaves[i].Length;
        }

        return rank;
    }

    // The place of the first key that is not smaller.
    private (int Leaf, int Index) Seek(string key)
    {
        var leaf = LeafOf(_leaves, key);
        if (leaf == _leaves.Length)
        {
            return (leaf, 0);
        }

        var index = IndexIn(_leaves[leaf], key);
        return index < _leaves[leaf].Length ? (leaf, index) : (leaf + 1, 0);
    }

    /// <summary>The leaf that a key belongs into: the last one that does not begin with a greater key.</summary>
    internal static int LeafOf(IReadOnlyList<CachedObject[]> leaves, string key)
    {
        var (low, high) = (0, leaves.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(leaves[middle][0].Key, key) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Max(0, low - 1);
    }

    /// <summary>The index of the first key in a leaf that is not smaller.</summary>
    internal static int IndexIn(CachedObject[] leaf, string key)
    {
        var (low, high) = (0, leaf.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(leaf[middle].Key, key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
