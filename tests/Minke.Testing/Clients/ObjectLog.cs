using Minke.Api;
using Minke.Client;

namespace Minke.Testing.Clients;

/// <summary>The objects of a <see cref="MemoryObjectClient"/> and every change that was made to them, under one revision. Used from one thread.</summary>
public sealed class ObjectLog
{
    private readonly SortedDictionary<(string Kind, string Namespace, string Name), ApiObject> _objects = new(Comparer<(string, string, string)>.Create(Compare));
    private readonly List<(long Revision, WatchEventType Type, ApiObject Item)> _changes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _forgotten;

    public long Revision { get; private set; }

    public IEnumerable<T> All<T>()
        where T : ApiObject => _objects.Values.OfType<T>();

    public T? Find<T>(ObjectKey key)
        where T : ApiObject, new() => (T?)_objects.GetValueOrDefault((Kinds.Of<T>().Kind, key.Namespace, key.Name));

    /// <summary>Puts a frozen copy in place and tells the watchers.</summary>
    public T Put<T>(T item)
        where T : ApiObject
    {
        var key = (item.Kind, item.Metadata.Namespace, item.Metadata.Name);
        var stored = Stamp(item);
        Tell(_objects.ContainsKey(key) ? WatchEventType.Modified : WatchEventType.Added, stored);
        _objects[key] = stored;
        return stored;
    }

    public void Remove(ApiObject item)
    {
        if (_objects.Remove((item.Kind, item.Metadata.Namespace, item.Metadata.Name)))
        {
            Tell(WatchEventType.Deleted, Stamp(item));
        }
    }

    /// <summary>Changes up to now can no longer be watched.</summary>
    public void ForgetHistory() => _forgotten = Revision;

    public bool IsForgotten(long revision) => revision < _forgotten;

    public IReadOnlyList<(long Revision, WatchEventType Type, ApiObject Item)> ChangesAfter(long revision) => _changes.FindAll(change => change.Revision > revision);

    /// <summary>Completes at the next change, or when <see cref="Interrupt"/> is called.</summary>
    public Task WhenChanged => _changed.Task;

    public void Interrupt()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    private T Stamp<T>(T item)
        where T : ApiObject
    {
        Revision++;
        var stored = item.Clone();
        stored.Metadata.ResourceVersion = Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);
        stored.Freeze();
        return stored;
    }

    private void Tell(WatchEventType type, ApiObject item)
    {
        _changes.Add((Revision, type, item));
        Interrupt();
    }

    private static int Compare((string Kind, string Namespace, string Name) x, (string Kind, string Namespace, string Name) y)
    {
        var order = string.CompareOrdinal(x.Kind, y.Kind);
        order = order != 0 ? order : string.CompareOrdinal(x.Namespace, y.Namespace);
        return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
    }
}
