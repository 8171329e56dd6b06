using System.Collections;

namespace Minke.Api;

/// <summary>A list field. Once frozen, every change throws <see cref="InvalidOperationException"/>.</summary>
public sealed class ApiList<T> : IList<T>, IReadOnlyList<T>
{
    internal static readonly ApiList<T> FrozenEmpty = new() { IsFrozen = true };

    private T[] _items = [];

    public ApiList()
    {
    }

    public ApiList(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
    }

    public int Count { get; private set; }

    public bool IsFrozen { get; private set; }

    bool ICollection<T>.IsReadOnly => IsFrozen;

    public T this[int index]
    {
        get => index < Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));
        set
        {
            ThrowIfFrozen();
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            _items[index] = value;
        }
    }

    public ReadOnlySpan<T> AsSpan() => _items.AsSpan(0, Count);

    public void Add(T item) => Insert(Count, item);

    public void AddRange(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
    }

    public void Insert(int index, T item)
    {
        ThrowIfFrozen();
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)Count, nameof(index));
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(Count == 0 ? 1 : 4, Count * 2));
        }

        Array.Copy(_items, index, _items, index + 1, Count - index);
        _items[index] = item;
        Count++;
    }

    public void RemoveAt(int index)
    {
        ThrowIfFrozen();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        Count--;
        Array.Copy(_items, index + 1, _items, index, Count - index);
        _items[Count] = default!;
    }

    public bool Remove(T item)
    {
        ThrowIfFrozen();
        var index = IndexOf(item);
        if (index < 0)
        {
            return false;
        }

        RemoveAt(index);
        return true;
    }

    /// <summary>Removes every element that matches; returns how many.</summary>
    public int RemoveAll(Predicate<T> match)
    {
        ThrowIfFrozen();
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!match(_items[i]))
            {
                _items[kept++] = _items[i];
            }
        }

        var removed = Count - kept;
        Array.Clear(_items, kept, removed);
        Count = kept;
        return removed;
    }

    public void Clear()
    {
        ThrowIfFrozen();
        _items = [];
        Count = 0;
    }

    public int IndexOf(T item) => Array.IndexOf(_items, item, 0, Count);

    public bool Contains(T item) => IndexOf(item) >= 0;

    public void CopyTo(T[] array, int arrayIndex) => Array.Copy(_items, 0, array, arrayIndex, Count);

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Freeze()
    {
        if (IsFrozen)
        {
            return;
        }

        IsFrozen = true;
        foreach (var item in AsSpan())
        {
            (item as ApiType)?.Freeze();
        }
    }

    internal ApiList<T> Clone()
    {
        var copy = new ApiList<T> { _items = AsSpan().ToArray(), Count = Count };
        for (var i = 0; i < copy.Count; i++)
        {
            if (copy._items[i] is ApiType value)
            {
                copy._items[i] = (T)(object)value.CloneCore();
            }
        }

        return copy;
    }

    private void ThrowIfFrozen()
    {
        if (IsFrozen)
        {
            Frozen.Throw("list");
        }
    }

    /// <summary>A struct, so that a loop over a list allocates nothing.</summary>
    public struct Enumerator(ApiList<T> list) : IEnumerator<T>
    {
        private int _index = -1;

        public readonly T Current => list[_index];

        readonly object? IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < list.Count;

        public void Reset() => _index = -1;

        public readonly void Dispose()
        {
        }
    }
}
