namespace Minke.ApiServer.Cache;

/// <summary>Makes the next <see cref="CacheSnapshot"/> from one and a batch of changes. Used by one thread.</summary>
internal sealed class CacheSnapshotBuilder(CacheSnapshot from)
{
    // A leaf is copied for each change in it, the array of leaves for each batch: with these sizes both stay small for 100,000 objects.
    private const int MaxLeaf = 128;
    private const int MinLeaf = MaxLeaf / 4;

    private readonly List<CachedObject[]> _leaves = [.. from.Leaves];
    private int _count = from.Count;

    /// <summary>Adds or replaces the object of a key; gives the one before.</summary>
    public CachedObject? Set(CachedObject item)
    {
        if (_leaves.Count == 0)
        {
            _leaves.Add([item]);
            _count++;
            return null;
        }

        var place = CacheSnapshot.LeafOf(_leaves, item.Key);
        var leaf = _leaves[place];
        var index = CacheSnapshot.IndexIn(leaf, item.Key);
        if (index < leaf.Length && leaf[index].Key == item.Key)
        {
            var before = leaf[index];
            var copy = (CachedObject[])leaf.Clone();
            copy[index] = item;
            _leaves[place] = copy;
            return before;
        }

        _count++;
        Put(place, [.. leaf.AsSpan(0, index), item, .. leaf.AsSpan(index)], atEnd: index == leaf.Length);
        return null;
    }

    /// <summary>Removes a key; gives the object that it had.</summary>
    public CachedObject? Remove(string key)
    {
        var place = CacheSnapshot.LeafOf(_leaves, key);
        if (place == _leaves.Count)
        {
            return null;
        }

        var leaf = _leaves[place];
        var index = CacheSnapshot.IndexIn(leaf, key);
        if (index == leaf.Length || leaf[index].Key != key)
        {
            return null;
        }

        _count--;
        _leaves[place] = [.. leaf.AsSpan(0, index), .. leaf.AsSpan(index + 1)];
        Shrink(place);
        return leaf[index];
    }

    /// <param name="changed">The revision of the last change.</param>
    /// <param name="revision">The revision up to which nothing else happened.</param>
    public CacheSnapshot Build(long changed, long revision) => new(changed, revision, [.. _leaves], _count);

    private void Put(int place, CachedObject[] leaf, bool atEnd)
    {
        if (leaf.Length <= MaxLeaf)
        {
            _leaves[place] = leaf;
            return;
        }

        // Keys that come in order leave full leaves behind them.
        var half = atEnd ? leaf.Length - 1 : leaf.Length / 2;
        _leaves[place] = leaf[..half];
        _leaves.Insert(place + 1, leaf[half..]);
    }

    private void Shrink(int place)
    {
        var leaf = _leaves[place];
        if (leaf.Length == 0)
        {
            _leaves.RemoveAt(place);
            return;
        }

        var next = place + 1;
        if (leaf.Length < MinLeaf && next < _leaves.Count && leaf.Length + _leaves[next].Length <= MaxLeaf / 2)
        {
            _leaves[place] = [.. leaf, .. _leaves[next]];
            _leaves.RemoveAt(next);
        }
    }
}
