using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Minke.Api;

/// <summary>
/// A map field with string keys, kept sorted by key (ordinal), which is the order it is written in. Meant for the small maps that objects
/// carry: one array, no buckets. Once frozen, every change throws <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class ApiMap<T> : IReadOnlyDictionary<string, T>
{
    internal static readonly ApiMap<T> FrozenEmpty = new() { IsFrozen = true };

    private KeyValuePair<string, T>[] _entries = [];

    public ApiMap()
    {
    }

    public ApiMap(IEnumerable<KeyValuePair<string, T>> entries)
    {
        _entries = [.. entries];
        Count = _entries.Length;
        SortAndKeepLast();
    }

    public int Count { get; private set; }

    public bool IsFrozen { get; private set; }

    public IEnumerable<string> Keys => this.Select(entry => entry.Key);

    public IEnumerable<T> Values => this.Select(entry => entry.Value);

    /// <exception cref="KeyNotFoundException">On reading an absent key.</exception>
    public T this[string key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"No key '{key}'.");
        set
        {
            ThrowIfFrozen();
            var index = Find(key);
            if (index >= 0)
            {
                _entries[index] = new(key, value);
                return;
            }

            Insert(~index, new(key, value));
        }
    }

    public ReadOnlySpan<KeyValuePair<string, T>> AsSpan() => _entries.AsSpan(0, Count);

    /// <exception cref="ArgumentException">The key is present already.</exception>
    public void Add(string key, T value)
    {
        if (ContainsKey(key))
        {
            throw new ArgumentException($"The key '{key}' is present already.", nameof(key));
        }

        this[key] = value;
    }

    public bool Remove(string key)
    {
        ThrowIfFrozen();
        var index = Find(key);
        if (index < 0)
        {
            return false;
        }

        Count--;
        Array.Copy(_entries, index + 1, _entries, index, Count - index);
        _entries[Count] = default;
        return true;
    }

    public void Clear()
    {
        ThrowIfFrozen();
        _entries = [];
        Count = 0;
    }

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = Find(key);
        value = index >= 0 ? _entries[index].Value : default;
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return _entries[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Freeze()
    {
        if (IsFrozen)
        {
            return;
        }

        IsFrozen = true;
        foreach (var entry in AsSpan())
        {
            (entry.Value as ApiType)?.Freeze();
        }
    }

    internal ApiMap<T> Clone()
    {
        var copy = new ApiMap<T> { _entries = AsSpan().ToArray(), Count = Count };
        for (var i = 0; i < copy.Count; i++)
        {
            if (copy._entries[i].Value is ApiType value)
            {
                copy._entries[i] = new(copy._entries[i].Key, (T)(object)value.CloneCore());
            }
        }

        return copy;
    }

    private int Find(string key)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_entries[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    private void Insert(int index, KeyValuePair<string, T> entry)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(Count == 0 ? 2 : 4, Count * 2));
        }

        Array.Copy(_entries, index, _entries, index + 1, Count - index);
        _entries[index] = entry;
        Count++;
    }

    // Decoders add entries in any order; sorting once keeps a hostile order from costing quadratic time.
    private void SortAndKeepLast()
    {
        for (var i = 1; i < Count; i++)
        {
            if (string.CompareOrdinal(_entries[i - 1].Key, _entries[i].Key) >= 0)
            {
                _entries = [.. _entries.Take(Count).Reverse().DistinctBy(entry => entry.Key, StringComparer.Ordinal).OrderBy(entry => entry.Key, StringComparer.Ordinal)];
                Count = _entries.Length;
                return;
            }
        }
    }

    private void ThrowIfFrozen()
    {
        if (IsFrozen)
        {
            Frozen.Throw("map");
        }
    }
}
