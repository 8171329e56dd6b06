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
    private int _count;
    private bool _unsorted;

    public ApiMap()
    {
    }

    public ApiMap(IEnumerable<KeyValuePair<string, T>> entries)
    {
        _entries = [.. entries];
        _count = _entries.Length;
        SortAppended();
    }

    public int Count
    {
        get
        {
            EnsureSorted();
            return _count;
        }
    }

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

    /// <summary>The entries in key order.</summary>
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

        _count--;
        Array.Copy(_entries, index + 1, _entries, index, _count - index);
        _entries[_count] = default;
        return true;
    }

    public void Clear()
    {
        ThrowIfFrozen();
        _entries = [];
        _count = 0;
        _unsorted = false;
    }

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = Find(key);
        value = index >= 0 ? _entries[index].Value : default;
        return index >= 0;
    }

    public Enumerator GetEnumerator()
    {
        EnsureSorted();
        return new Enumerator(this);
    }

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Freeze()
    {
        if (IsFrozen)
        {
            return;
        }

        EnsureSorted();
        IsFrozen = true;
        foreach (var entry in AsSpan())
        {
            (entry.Value as ApiType)?.Freeze();
        }
    }

    internal ApiMap<T> Clone()
    {
        var copy = new ApiMap<T> { _entries = AsSpan().ToArray(), _count = _count };
        for (var i = 0; i < copy._count; i++)
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
        EnsureSorted();
        int low = 0, high = _count - 1;
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

    /// <summary>
    /// Adds an entry whose key may be present already; the map is sorted when it is next looked at, so that decoding keys in a hostile order
    /// does not cost quadratic time. The last of equal keys wins.
    /// </summary>
    internal void Append(string key, T value)
    {
        _unsorted |= _count > 0 && string.CompareOrdinal(_entries[_count - 1].Key, key) >= 0;
        Grow();
        _entries[_count++] = new(key, value);
    }

    /// <summary>False after appending out of order, until the map is looked at.</summary>
    internal bool IsSorted => !_unsorted;

    /// <summary>Sorts what was appended; returns the keys that were there more than once.</summary>
    internal IReadOnlyList<string> SortAppended()
    {
        _unsorted = false;
        List<string>? duplicates = null;
        var sorted = _entries.Take(_count).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        _count = 0;
        foreach (var entry in sorted)
        {
            if (_count > 0 && sorted[_count - 1].Key == entry.Key)
            {
                (duplicates ??= []).Add(entry.Key);
                _count--;
            }

            sorted[_count++] = entry;
        }

        Array.Clear(sorted, _count, sorted.Length - _count);
        _entries = sorted;
        return duplicates is null ? [] : duplicates;
    }

    private void Insert(int index, KeyValuePair<string, T> entry)
    {
        Grow();
        Array.Copy(_entries, index, _entries, index + 1, _count - index);
        _entries[index] = entry;
        _count++;
    }

    private void Grow()
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Max(_count == 0 ? 2 : 4, _count * 2));
        }
    }

    private void EnsureSorted()
    {
        if (_unsorted)
        {
            SortAppended();
        }
    }

    private void ThrowIfFrozen()
    {
        if (IsFrozen)
        {
            Frozen.Throw("map");
        }
    }

    /// <summary>A struct, so that a loop over a map allocates nothing.</summary>
    public struct Enumerator(ApiMap<T> map) : IEnumerator<KeyValuePair<string, T>>
    {
        private int _index = -1;

        public readonly KeyValuePair<string, T> Current => map._entries[_index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < map._count;

        public void Reset() => _index = -1;

        public readonly void Dispose()
        {
        }
    }
}
