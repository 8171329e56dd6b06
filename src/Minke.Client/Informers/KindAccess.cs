using Minke.Api;
using Minke.Api.Coordination;
using Minke.Api.Core;

namespace Minke.Client;

/// <summary>
/// Works on objects whose kind is known only at run time: what garbage collection and the emptying of namespaces need. One instance per kind that is
/// stored; <see cref="All"/> lists them, without reflection.
/// </summary>
public abstract class KindAccess
{
    /// <summary>Every stored kind. <c>events.k8s.io</c> shows the same events as the core group, so it is not a kind of its own here.</summary>
    public static IReadOnlyList<KindAccess> All { get; } =
    [
        new Access<Pod>(), new Access<ReplicationController>(), new Access<Node>(), new Access<Namespace>(), new Access<Event>(),
        new Access<ConfigMap>(), new Access<Secret>(), new Access<ServiceAccount>(), new Access<Lease>(),
    ];

    public abstract KindInfo Info { get; }

    /// <summary>The kind that a reference names; null when it is none of ours.</summary>
    public static KindAccess? Find(string apiVersion, string kind)
    {
        foreach (var access in All)
        {
            if (access.Info.Kind == kind && access.Info.ApiVersion == apiVersion)
            {
                return access;
            }
        }

        return null;
    }

    public abstract Task<ApiObject> GetAsync(IObjectClient client, ObjectKey key, CancellationToken cancellationToken);

    /// <summary>One page.</summary>
    public abstract Task<(IReadOnlyList<ApiObject> Items, string Continue)> ListAsync(
        IObjectClient client, ListRequest request, CancellationToken cancellationToken);

    public abstract Task UpdateAsync(IObjectClient client, ApiObject item, CancellationToken cancellationToken);

    public abstract Task DeleteAsync(IObjectClient client, ObjectKey key, DeleteRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a handler for every change of this kind.</summary>
    public abstract void AddHandler(InformerSet informers, Action<KindAccess, ChangeType, ApiObject> handler);

    private sealed class Access<T> : KindAccess
        where T : ApiObject, new()
    {
        public override KindInfo Info => Kinds.Of<T>();

        public override async Task<ApiObject> GetAsync(IObjectClient client, ObjectKey key, CancellationToken cancellationToken) =>
            await client.GetAsync<T>(key, cancellationToken);

        public override async Task<(IReadOnlyList<ApiObject> Items, string Continue)> ListAsync(
            IObjectClient client, ListRequest request, CancellationToken cancellationToken)
        {
            var page = await client.ListAsync<T>(request, cancellationToken);
            return (page.Items, page.Continue);
        }

        public override Task UpdateAsync(IObjectClient client, ApiObject item, CancellationToken cancellationToken) =>
            client.UpdateAsync((T)item, cancellationToken);

        public override Task DeleteAsync(IObjectClient client, ObjectKey key, DeleteRequest request, CancellationToken cancellationToken) =>
            client.DeleteAsync<T>(key, request, cancellationToken);

        public override void AddHandler(InformerSet informers, Action<KindAccess, ChangeType, ApiObject> handler) =>
            informers.Of<T>().AddHandler(change => handler(this, change.Type, change.Item));
    }
}
