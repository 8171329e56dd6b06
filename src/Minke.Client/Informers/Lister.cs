using System.Collections.Immutable;
using Minke.Api;

namespace Minke.Client;

/// <summary>Finds objects by a value of theirs. An object may have any number of values, or none.</summary>
public sealed record Index<T>(string Name, Func<T, IEnumerable<string>> ValuesOf)
    where T : ApiObject;

/// <summary>
/// The objects that an informer knows, indexed. Readers on any thread see immutable snapshots; only the informer writes. The objects are frozen.
/// </summary>
public sealed class Lister<T>
    where T : ApiObject
{
    private readonly IReadOnlyList<Index<T>> _indexes;
    private volatile Snapshot _snapshot;

    public Lister(IReadOnlyList<Index<T>> indexes)
    {
        _indexes = indexes;
        _snapshot = new Snapshot(Snapshot.NoItems, [.. indexes.Select(_ => Snapshot.NoValues)]);
    }

    public int Count => _snapshot.Items.Count;

    /// <summary>Everything, ordered by namespace and name.</summary>
    public IEnumerable<T> All => _snapshot.Items.Values;

    public IEnumerable<ObjectKey> Keys => _snapshot.Items.Keys;

    public T? Get(ObjectKey key) => _snapshot.Items.GetValueOrDefault(key);

    public T? Get(string @namespace, string name) => Get(new ObjectKey(@namespace, name));

    /// <summary>The objects that have <paramref name="value"/> in the index, ordered by namespace and name.</summary>
    /// <exception cref="ArgumentException">There is no such index.</exception>
    public IReadOnlyCollection<T> Find(string index, string value)
    {
        for (var i = 0; i < _indexes.Count; i++)
        {
            if (string.Equals(_indexes[i].Name, index, StringComparison.Ordinal))
            {
                return _snapshot.Indexes[i].TryGetValue(value, out var found) ? new ValueCollection(found) : [];
            }
        }

        throw new ArgumentException($"there is no index {index}", nameof(index));
    }

    /// <summary>Puts an item in the place of the one under its key, and gives that one back. Only for the one writer.</summary>
    internal T? Set(ObjectKey key, T item)
    {
        var old = _snapshot.Items.GetValueOrDefault(key);
        _snapshot = new Snapshot(_snapshot.Items.SetItem(key, item), Reindex(key, old, item));
        return old;
    }

    /// <summary>Removes what is under a key and gives it back. Only for the one writer.</summary>
    internal T? Remove(ObjectKey key)
    {
        if (!_snapshot.Items.TryGetValue(key, out var old))
        {
            return null;
        }

        _snapshot = new Snapshot(_snapshot.Items.Remove(key), Reindex(key, old, null));
        return old;
    }

    private ImmutableArray<ImmutableSortedDictionary<string, ImmutableSortedDictionary<ObjectKey, T>>> Reindex(ObjectKey key, T? old, T? item)
    {
        var result = _snapshot.Indexes.ToBuilder();
        for (var i = 0; i < _indexes.Count; i++)
        {
            var values = result[i];
            foreach (var value in old is null ? [] : _indexes[i].ValuesOf(old))
            {
                if (values.TryGetValue(value, out var items))
                {
                    var rest = items.Remove(key);
                    values = rest.IsEmpty ? values.Remove(value) : values.SetItem(value, rest);
                }
            }

            foreach (var value in item is null ? [] : _indexes[i].ValuesOf(item))
            {
                values = values.SetItem(value, values.GetValueOrDefault(value, Snapshot.NoItems).SetItem(key, item!));
            }

            result[i] = values;
        }

        return result.DrainToImmutable();
    }

    private sealed record Snapshot(
        ImmutableSortedDictionary<ObjectKey, T> Items,
        ImmutableArray<ImmutableSortedDictionary<string, ImmutableSortedDictionary<ObjectKey, T>>> Indexes)
    {
        public static readonly ImmutableSortedDictionary<ObjectKey, T> NoItems = ImmutableSortedDictionary.Create<ObjectKey, T>(ObjectKeyComparer.Instance);

        public static readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<ObjectKey, T>> NoValues =
            ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<ObjectKey, T>>(StringComparer.Ordinal);
    }

    /// <summary>A view of the values without copying them.</summary>
    private sealed class ValueCollection(ImmutableSortedDictionary<ObjectKey, T> items) : IReadOnlyCollection<T>
    {
        public int Count => items.Count;

        public IEnumerator<T> GetEnumerator() => items.Values.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
