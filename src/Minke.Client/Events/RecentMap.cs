namespace Minke.Client;

/// <summary>A map that forgets what was used the longest ago when it is full. Not thread-safe.</summary>
internal sealed class RecentMap<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _byKey = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new(); // the most recent first

    public TValue? Get(TKey key)
    {
        if (!_byKey.TryGetValue(key, out var node))
        {
            return null;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value.Value;
    }

    public void Set(TKey key, TValue value)
    {
        if (_byKey.Remove(key, out var old))
        {
            _byUse.Remove(old);
        }

        _byKey[key] = _byUse.AddFirst((key, value));
        if (_byKey.Count > capacity)
        {
            _byKey.Remove(_byUse.Last!.Value.Key);
            _byUse.RemoveLast();
        }
    }
}
