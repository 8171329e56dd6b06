using System.Globalization;
using System.Runtime.CompilerServices;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Testing.Clients;

/// <summary>
/// A small API in memory for tests of one component: versions, uids, generateName, graceful deletion by finalizers, status and spec apart. It has no
/// validation, admission or defaults; tests of several components together use the real API server. Watches can be cut and calls be made to fail.
/// </summary>
public sealed class MemoryObjectClient(TimeProvider time, Ids ids) : IObjectClient
{
    private int _watchGeneration;

    public ObjectLog Log { get; } = new();

    /// <summary>Every call, for example <c>create Pod default/web-1</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Called before each call with its text; what it throws is the answer.</summary>
    public Action<string> BeforeCall { get; set; } = static _ => { };

    /// <summary>Ends every open watch, as a server does that restarts.</summary>
    public void CutWatches()
    {
        _watchGeneration++;
        Log.Interrupt();
    }

    public async Task<T> GetAsync<T>(ObjectKey key, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await BeginAsync<T>("get", key, cancellationToken);
        return Existing<T>(key);
    }

    public async Task<ObjectList<T>> ListAsync<T>(ListRequest request, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await BeginAsync<T>("list", new ObjectKey(request.Namespace, ""), cancellationToken);
        var items = Log.All<T>().Where(item => Selection.Matches(item, request.Namespace, request.LabelSelector, request.FieldSelector));
        return new ObjectList<T>([.. items], Log.Revision.ToString(CultureInfo.InvariantCulture), "");
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await BeginAsync<T>("watch", new ObjectKey(request.Namespace, ""), cancellationToken);
        var generation = _watchGeneration;
        var revision = long.Parse(request.ResourceVersion, CultureInfo.InvariantCulture);
        while (generation == _watchGeneration && !cancellationToken.IsCancellationRequested)
        {
            if (Log.IsForgotten(revision))
            {
                throw ApiErrors.TooOldResourceVersion(revision, Log.Revision);
            }

            // Taken before the changes are read: what happens while the reader looks at them must end the wait too.
            var changed = Log.WhenChanged;
            foreach (var change in Log.ChangesAfter(revision))
            {
                revision = change.Revision;
                if (change.Item is T item && Selection.Matches(item, request.Namespace, request.LabelSelector, request.FieldSelector))
                {
                    yield return new WatchEvent<T>(change.Type, item);
                }
            }

            await ChangedAsync(changed, cancellationToken);
        }
    }

    public async Task<T> CreateAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var made = item.Clone();
        if (made.Metadata.Name.Length == 0)
        {
            made.Metadata.Name = made.Metadata.GenerateName + ids.NewSuffix();
        }

        var key = ObjectKey.Of(made);
        await BeginAsync<T>("create", key, cancellationToken);
        if (Log.Find<T>(key) is not null)
        {
            throw ApiErrors.AlreadyExists(Kinds.Of<T>(), key.Name);
        }

        made.Metadata.Uid = ids.NewUid();
        made.Metadata.Generation = 1;
        made.Metadata.CreationTimestamp = time.GetUtcNow();
        return Log.Put(made);
    }

    public async Task<T> UpdateAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await BeginAsync<T>("update", ObjectKey.Of(item), cancellationToken);
        var known = Current(item);
        var made = item.Clone();
        made.Metadata.Generation = known.Metadata.Generation + 1;
        if (known.Metadata.DeletionTimestamp is not null && made.Metadata.Finalizers.Count == 0)
        {
            Log.Remove(made);
            return made;
        }

        return Log.Put(made);
    }

    public async Task<T> UpdateStatusAsync<T>(T item, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await BeginAsync<T>("status", ObjectKey.Of(item), cancellationToken);
        Current(item);
        return Log.Put(item);
    }

    public async Task<T> PatchAsync<T>(ObjectKey key, PatchBody patch, string? subresource, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await BeginAsync<T>(subresource is null ? "patch" : "patch " + subresource, key, cancellationToken);
        Patches.Add((key, System.Text.Encoding.UTF8.GetString(patch.Json.Span)));
        return Existing<T>(key);
    }

    /// <summary>Patches are recorded, not applied.</summary>
    public List<(ObjectKey Key, string Json)> Patches { get; } = [];

    public async Task DeleteAsync<T>(ObjectKey key, DeleteRequest request, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await BeginAsync<T>("delete", key, cancellationToken);
        var known = Existing<T>(key);
        if (request.Uid is not null && request.Uid != known.Metadata.Uid)
        {
            throw ApiErrors.Conflict(Kinds.Of<T>(), key.Name, "the uid is another one");
        }

        if (known.Metadata.Finalizers.Count == 0)
        {
            Log.Remove(known);
        }
        else if (known.Metadata.DeletionTimestamp is null)
        {
            var dying = known.Clone();
            dying.Metadata.DeletionTimestamp = time.GetUtcNow();
            Log.Put(dying);
        }
    }

    public async Task BindAsync(ObjectKey pod, string? podUid, string nodeName, CancellationToken cancellationToken)
    {
        await BeginAsync<Pod>("bind", pod, cancellationToken);
        var known = Existing<Pod>(pod);
        if (known.Spec.NodeName.Length > 0 || (podUid is not null && podUid != known.Metadata.Uid))
        {
            throw ApiErrors.Conflict(Kinds.Of<Pod>(), pod.Name, "the pod is bound already");
        }

        var bound = known.Clone();
        bound.Spec.NodeName = nodeName;
        Log.Put(bound);
    }

    public async Task<Namespace> FinalizeAsync(Namespace item, CancellationToken cancellationToken)
    {
        await BeginAsync<Namespace>("finalize", ObjectKey.Of(item), cancellationToken);
        var known = Current(item);
        if (item.Spec.Finalizers.Count == 0 && known.Metadata.DeletionTimestamp is not null)
        {
            Log.Remove(known);
            return item;
        }

        return Log.Put(item);
    }

    private async Task BeginAsync<T>(string verb, ObjectKey key, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var call = $"{verb} {Kinds.Of<T>().Kind} {key}";
        Calls.Add(call);
        BeforeCall(call);
    }

    // In a method of its own, so that the wait resumes on the caller's context and not on the thread pool.
    private static async Task ChangedAsync(Task changed, CancellationToken cancellationToken)
    {
        await Waiting().WaitAsync(cancellationToken);

        async Task Waiting() => await changed;
    }

    private T Existing<T>(ObjectKey key)
        where T : ApiObject, new() => Log.Find<T>(key) ?? throw ApiErrors.NotFound(Kinds.Of<T>(), key.Name);

    private T Current<T>(T item)
        where T : ApiObject, new()
    {
        var known = Existing<T>(ObjectKey.Of(item));
        if (item.Metadata.ResourceVersion.Length > 0 && item.Metadata.ResourceVersion != known.Metadata.ResourceVersion)
        {
            throw ApiErrors.StaleWrite(Kinds.Of<T>(), item.Metadata.Name);
        }

        return known;
    }
}
