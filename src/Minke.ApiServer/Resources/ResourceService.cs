using Minke.Api;
using Minke.Api.Core;
using Minke.ApiServer.Cache;
using Minke.ApiServer.Resources.Admission;

namespace Minke.ApiServer.Resources;

/// <summary>
/// The API server without HTTP: what can be done with objects of any kind. Both transports, HTTPS and the in-process client, are faces of
/// it. It may run on a single-threaded synchronization context. Objects that it is given stay the caller's; those that it returns are frozen.
/// </summary>
public sealed class ResourceService
{
    private const int MaxParallelDeletions = 32;

    private readonly ResourceRegistry _registry;
    private readonly ObjectCreator _creator;
    private readonly ObjectUpdater _updater;
    private readonly ObjectDeleter _deleter;
    private readonly TimeProvider _time;

    public ResourceService(ResourceRegistry registry, TimeProvider time, Ids ids)
    {
        _registry = registry;
        _creator = new ObjectCreator(new ObjectAdmission(registry), time, ids);
        _updater = new ObjectUpdater(time);
        _deleter = new ObjectDeleter(time);
        _time = time;
    }

    /// <exception cref="ApiException">Objects of the kind are not stored (405).</exception>
    public KindView View(KindInfo kind) => _registry.View(kind);

    /// <summary>The view of a served kind; null when its objects are not stored.</summary>
    public KindView? ViewOrNull(KindInfo kind) => _registry.ViewOrNull(kind);

    /// <exception cref="ApiException">The object is refused.</exception>
    public async Task<ApiObject> CreateAsync(KindView view, string ns, ApiObject item, WriteOptions options, CancellationToken cancellationToken) =>
        view.Serve(await _creator.CreateAsync(view.Storage, ns, new DesiredObject(view.Store(item)), options, cancellationToken));

    /// <summary>Replaces an object, or its status.</summary>
    /// <exception cref="ApiException">There is no such object, it is refused, or it is not at the version that it was read at.</exception>
    public Task<ApiObject> UpdateAsync(
        KindView view, string ns, string name, ApiObject item, UpdateScope scope, WriteOptions options, CancellationToken cancellationToken) =>
        ChangeAsync(view, ns, name, _ => item.Clone(), scope, options, cancellationToken);

    /// <summary>Changes an object by a function, which is asked again when another write came in between.</summary>
    /// <param name="change">Makes the desired object from the current one, which is frozen.</param>
    /// <exception cref="ApiException">There is no such object, or the change is refused.</exception>
    public async Task<ApiObject> ChangeAsync(
        KindView view,
        string ns,
        string name,
        Func<ApiObject, ApiObject> change,
        UpdateScope scope,
        WriteOptions options,
        CancellationToken cancellationToken) =>
        view.Serve(await _updater.UpdateAsync(
            view.Storage, ns, name, stored => new DesiredObject(view.Store(change(view.Serve(stored)))), scope, options, cancellationToken));

    /// <summary>Patches an object; server-side apply creates it when it is not there.</summary>
    /// <exception cref="ApiException">The patch does not fit, or its result is refused.</exception>
    public async Task<PatchResult> PatchAsync(
        KindView view, string ns, string name, ObjectPatch patch, UpdateScope scope, WriteOptions options, CancellationToken cancellationToken)
    {
        DesiredObject Change(ApiObject stored) => patch.Apply(view, stored, options, _time);
        try
        {
            var written = await _updater.UpdateAsync(view.Storage, ns, name, Change, scope, options, cancellationToken);
            return new PatchResult(view.Serve(written), Created: false);
        }
        catch (ApiException e) when (e.IsNotFound && patch.MayCreate && scope == UpdateScope.Main)
        {
            var created = await _creator.CreateAsync(view.Storage, ns, patch.Create(view, name, options, _time), options, cancellationToken);
            return new PatchResult(view.Serve(created), Created: true);
        }
    }

    /// <exception cref="ApiException">There is no such object, or it must not be deleted.</exception>
    public async Task<DeletionResult> DeleteAsync(
        KindView view, string ns, string name, DeletionOptions options, CancellationToken cancellationToken)
    {
        var result = await _deleter.DeleteAsync(view.Storage, ns, name, options, cancellationToken);
        return result with { Item = view.Serve(result.Item) };
    }

    /// <summary>Deletes all selected objects; those that others delete meanwhile are no failure.</summary>
    /// <returns>The objects as they were when the deletion began.</returns>
    public async Task<CacheList> DeleteCollectionAsync(
        KindView view, Selection selection, DeletionOptions options, CancellationToken cancellationToken)
    {
        var list = await view.Storage.ListAsync(
            new CacheListRequest { Namespace = selection.Namespace, Name = selection.Name, Predicate = selection.Predicate }, cancellationToken);
        foreach (var chunk in list.Items.Chunk(MaxParallelDeletions))
        {
            await Task.WhenAll(chunk.Select(item => DeleteIfPresentAsync(view, item, options, cancellationToken)));
        }

        return list;
    }

    /// <summary>Assigns a pod to a node.</summary>
    /// <exception cref="ApiException">There is no such pod, or it has a node already or is being deleted (409).</exception>
    public Task BindAsync(string ns, string name, Binding binding, WriteOptions options, CancellationToken cancellationToken)
    {
        var now = Clock.Seconds(_time);
        return ChangeAsync(
            View(Kinds.Pod), ns, name, pod => PodBinding.Bind((Pod)pod, binding, now), UpdateScope.Internal, options, cancellationToken);
    }

    private async Task DeleteIfPresentAsync(KindView view, CachedObject item, DeletionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await _deleter.DeleteAsync(view.Storage, item.Namespace, item.Name, options, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Gone is what was wanted.
        }
    }
}
