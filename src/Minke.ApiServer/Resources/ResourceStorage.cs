using Minke.Api;
using Minke.ApiServer.Cache;
using Minke.ApiServer.Resources.Strategies;
using Minke.Store;

namespace Minke.ApiServer.Resources;

/// <summary>
/// All objects of one kind: reads from the watch cache, conditional writes to the store. It has no knowledge of HTTP and may run on a
/// single-threaded synchronization context. Objects that it returns are frozen and shared.
/// </summary>
public sealed class ResourceStorage
{
    /// <summary>Asks for the state that every write acknowledged so far is in.</summary>
    public const string NewestVersion = "";

    /// <summary>Asks for whatever is cached.</summary>
    public const string AnyVersion = "0";

    /// <summary>The largest object that is stored (the limit that etcd sets for Kubernetes).</summary>
    public const int MaxObjectBytes = 1536 * 1024;

    private readonly IStore _store;
    private readonly string _keyPrefix;

    internal ResourceStorage(KindInfo kind, KindStrategy strategy, IStore store, ResourceCache cache)
    {
        Kind = kind;
        Strategy = strategy;
        Cache = cache;
        _store = store;
        _keyPrefix = $"/{kind.Resource}/";
    }

    public KindInfo Kind { get; }

    internal KindStrategy Strategy { get; }

    internal ResourceCache Cache { get; }

    /// <exception cref="ApiException">There is no such object (404), or the version is not available (410, 504).</exception>
    public async ValueTask<CachedObject> GetAsync(string ns, string name, string resourceVersion, CancellationToken cancellationToken) =>
        await FindAsync(ns, name, resourceVersion, cancellationToken) ?? throw ApiErrors.NotFound(Kind, name);

    /// <summary>The object, or null when there is none.</summary>
    public ValueTask<CachedObject?> FindAsync(string ns, string name, string resourceVersion, CancellationToken cancellationToken) =>
        Cache.GetAsync(ns, name, resourceVersion, cancellationToken);

    public ValueTask<CacheList> ListAsync(CacheListRequest request, CancellationToken cancellationToken) => Cache.ListAsync(request, cancellationToken);

    internal string KeyOf(string ns, string name) => Kind.Namespaced ? $"{_keyPrefix}{ns}/{name}" : _keyPrefix + name;

    /// <summary>Commits a create; the outcome is <see cref="WriteOutcome.Committed"/> or <see cref="WriteOutcome.Exists"/>.</summary>
    internal ValueTask<WriteResult> InsertAsync(ApiObject item, CancellationToken cancellationToken) =>
        CommitAsync(StoreWrite.Create(KeyOf(item.Metadata.Namespace, item.Metadata.Name), Encode(item)), cancellationToken);

    /// <summary>Commits an update of the object at a revision.</summary>
    internal async ValueTask<WriteResult> ReplaceAsync(ApiObject item, long revision, CancellationToken cancellationToken)
    {
        var write = StoreWrite.Update(KeyOf(item.Metadata.Namespace, item.Metadata.Name), Encode(item), revision);
        var result = await CommitAsync(write, cancellationToken);
        if (result.Outcome == WriteOutcome.Committed && Kind == Kinds.Namespace)
        {
            // Admission reads namespaces from the cache without waiting, so one that is terminating is told only when the cache has it.
            await Cache.WaitForAsync(result.Revision, cancellationToken);
        }

        return result;
    }

    /// <summary>Commits a deletion of the object at a revision.</summary>
    internal ValueTask<WriteResult> RemoveAsync(CachedObject item, CancellationToken cancellationToken) =>
        CommitAsync(StoreWrite.Delete(item.Key, item.Revision), cancellationToken);

    private async ValueTask<WriteResult> CommitAsync(StoreWrite write, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.WriteAsync(write, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            throw ApiErrors.ServiceUnavailable($"the store did not answer; the write may or may not have been done: {e.Message}", inner: e);
        }
    }

    private byte[] Encode(ApiObject item)
    {
        var bytes = ObjectCodec.ForStore(item);
        return bytes.Length <= MaxObjectBytes
            ? bytes
            : throw ApiErrors.TooLarge($"{Kind.Kind} \"{item.Metadata.Name}\" is too large: {bytes.Length} bytes, the limit is {MaxObjectBytes}");
    }
}
