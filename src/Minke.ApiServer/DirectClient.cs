using System.Globalization;
using System.Runtime.CompilerServices;
using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.ApiServer.Cache;
using Minke.ApiServer.Resources;
using Minke.Client;

namespace Minke.ApiServer;

/// <summary>
/// The in-process transport: calls the server's core directly and shares its frozen objects, so that nothing is serialized. It acts with the
/// server's own authority.
/// </summary>
/// <param name="fieldManager">Who changes are attributed to, for example <c>replication-controller</c>.</param>
public sealed class DirectClient(ResourceService service, string fieldManager) : IObjectClient
{
    public async Task<T> GetAsync<T>(ObjectKey key, CancellationToken cancellationToken) where T : ApiObject, new()
    {
        var view = service.View(Kinds.Of<T>());
        var found = await view.Storage.GetAsync(key.Namespace, key.Name, ResourceStorage.NewestVersion, cancellationToken);
        return (T)view.Serve(found.Object);
    }

    public async Task<ObjectList<T>> ListAsync<T>(ListRequest request, CancellationToken cancellationToken) where T : ApiObject, new()
    {
        var view = service.View(Kinds.Of<T>());
        var selection = Selection.Parse(view, request.Namespace, request.LabelSelector, request.FieldSelector);
        var list = await view.Storage.ListAsync(
            new CacheListRequest
            {
                Namespace = selection.Namespace,
                Name = selection.Name,
                ResourceVersion = request.ResourceVersion,
                Limit = request.Limit,
                Continue = request.Continue,
                Predicate = selection.Predicate,
            },
            cancellationToken);
        var items = new T[list.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = (T)view.Serve(list.Items[i].Object);
        }

        return new ObjectList<T>(items, list.Revision.ToString(CultureInfo.InvariantCulture), list.Continue);
    }

    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var view = service.View(Kinds.Of<T>());
        var selection = Selection.Parse(view, request.Namespace, request.LabelSelector, request.FieldSelector);
        var batches = view.Storage.Cache.Watch(
            new CacheWatchRequest
            {
                Namespace = selection.Namespace,
                Name = selection.Name,
                ResourceVersion = request.ResourceVersion,
                AllowBookmarks = true,
                Predicate = selection.Predicate,
            },
            cancellationToken);
        await foreach (var batch in batches)
        {
            foreach (var item in batch)
            {
                yield return new WatchEvent<T>(item.Type, (T)view.Serve(item.Object.Object));
            }
        }
    }

    public async Task<T> CreateAsync<T>(T item, CancellationToken cancellationToken) where T : ApiObject, new() =>
        (T)await service.CreateAsync(service.View(Kinds.Of<T>()), item.Metadata.Namespace, item, WriteOptions.Default, cancellationToken);

    public Task<T> UpdateAsync<T>(T item, CancellationToken cancellationToken) where T : ApiObject, new() =>
        UpdateAsync(item, UpdateScope.Main, "", cancellationToken);

    public Task<T> UpdateStatusAsync<T>(T item, CancellationToken cancellationToken) where T : ApiObject, new() =>
        UpdateAsync(item, UpdateScope.Status, "status", cancellationToken);

    public async Task<T> PatchAsync<T>(ObjectKey key, PatchBody patch, string? subresource, CancellationToken cancellationToken)
        where T : ApiObject, new()
    {
        var manager = patch.FieldManager.Length > 0 ? patch.FieldManager : fieldManager;
        var options = new WriteOptions { FieldManager = manager, Subresource = subresource ?? "" };
        var scope = UpdateScopes.Of(Kinds.Of<T>(), subresource ?? "");
        var result = await service.PatchAsync(
            service.View(Kinds.Of<T>()), key.Namespace, key.Name, new ObjectPatch(patch, FieldValidation.Ignore, null), scope, options, cancellationToken);
        return (T)result.Item;
    }

    public Task DeleteAsync<T>(ObjectKey key, DeleteRequest request, CancellationToken cancellationToken) where T : ApiObject, new()
    {
        var options = new DeletionOptions
        {
            GracePeriodSeconds = request.GracePeriodSeconds,
            Uid = request.Uid,
            ResourceVersion = request.ResourceVersion,
            Propagation = request.PropagationPolicy is { } policy ? PropagationPolicies.Parse(policy) : null,
        };
        return service.DeleteAsync(service.View(Kinds.Of<T>()), key.Namespace, key.Name, options, cancellationToken);
    }

    public Task BindAsync(ObjectKey pod, string? podUid, string nodeName, CancellationToken cancellationToken)
    {
        var binding = new Binding
        {
            Metadata = new ObjectMeta { Name = pod.Name, Namespace = pod.Namespace, Uid = podUid ?? "" },
            Target = new ObjectReference { Kind = "Node", Name = nodeName },
        };
        var options = new WriteOptions { FieldManager = fieldManager, Subresource = "binding" };
        return service.BindAsync(pod.Namespace, pod.Name, binding, options, cancellationToken);
    }

    public Task<Namespace> FinalizeAsync(Namespace item, CancellationToken cancellationToken) => UpdateAsync(item, UpdateScope.Finalize, "finalize", cancellationToken);

    private async Task<T> UpdateAsync<T>(T item, UpdateScope scope, string subresource, CancellationToken cancellationToken) where T : ApiObject, new()
    {
        var options = new WriteOptions { FieldManager = fieldManager, Subresource = subresource };
        return (T)await service.UpdateAsync(
            service.View(Kinds.Of<T>()), item.Metadata.Namespace, item.Metadata.Name, item, scope, options, cancellationToken);
    }
}
