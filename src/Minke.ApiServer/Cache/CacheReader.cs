using Minke.Api;
using Minke.Store;

namespace Minke.ApiServer.Cache;

/// <summary>Gets and lists, from the newest snapshot where that is what was asked for, else from the store's history.</summary>
internal sealed class CacheReader(KindInfo kind, IStore store, CacheState state, ObjectFactory factory)
{
    private readonly HistoryReader _history = new(store, factory);

    public async ValueTask<CachedObject?> GetAsync(string ns, string name, string resourceVersion, CancellationToken cancellationToken)
    {
        var revision = ListPlan.ParseVersion(resourceVersion);
        await ReachAsync(resourceVersion.Length == 0 ? Freshness.Newest : revision == 0 ? Freshness.Any : Freshness.NotOlderThan, revision, cancellationToken);
        return state.Snapshot.Find(factory.KeyOf(ns, name));
    }

    public async ValueTask<CacheList> ListAsync(CacheListRequest request, CancellationToken cancellationToken)
    {
        var plan = ListPlan.Of(request);
        await ReachAsync(plan.Freshness, plan.Revision, cancellationToken);
        var snapshot = state.Snapshot;
        var revision = plan.Freshness == Freshness.Exact ? plan.Revision : snapshot.Revision;
        var filter = new CacheFilter(new CacheScope(request.Namespace, request.Name), request.Predicate);
        var prefix = factory.PrefixOf(request.Namespace);
        var after = plan.After is null ? null : factory.Prefix + plan.After;
        return snapshot.IsStateAt(revision)
            ? ListSnapshot(snapshot, revision, prefix, after, request.Limit, filter)
            : await ListHistoryAsync(request, revision, prefix, after, filter, cancellationToken);
    }

    /// <summary>Waits until the cache is as new as it has to be.</summary>
    /// <exception cref="ApiException">It does not get there in time (504), or is not ready yet (503).</exception>
    public async ValueTask ReachAsync(Freshness freshness, long revision, CancellationToken cancellationToken)
    {
        var target = freshness switch
        {
            Freshness.Newest => await NewestAsync(cancellationToken),
            Freshness.Any => 0,
            _ => revision,
        };
        if (await state.WaitAsync(target, cancellationToken))
        {
            return;
        }

        throw (freshness, state.Ready) switch
        {
            (_, false) => ApiErrors.ServiceUnavailable($"the cache of {kind.Resource} is not ready yet"),
            (Freshness.Newest, _) => ApiErrors.Timeout($"the cache of {kind.Resource} did not catch up with the store in time", 1),
            _ => ApiErrors.TooLargeResourceVersion(target, state.Snapshot.Revision),
        };
    }

    /// <summary>The newest acknowledged revision.</summary>
    public async ValueTask<long> NewestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetRevisionAsync(cancellationToken);
        }
        catch (StoreUnavailableException error)
        {
            throw Unavailable(error);
        }
    }

    public static ApiException Unavailable(StoreUnavailableException error) => ApiErrors.ServiceUnavailable("the store does not answer", inner: error);

    private CacheList ListSnapshot(CacheSnapshot snapshot, long revision, string prefix, string? after, int limit, CacheFilter filter)
    {
        if (filter.Scope is { Namespace.Length: > 0, Name.Length: > 0 } || (!kind.Namespaced && filter.Scope.Name.Length > 0))
        {
            var key = factory.KeyOf(filter.Scope.Namespace, filter.Scope.Name);
            var found = string.CompareOrdinal(key, after) > 0 ? snapshot.Find(key) : null;
            return new CacheList(revision, found is not null && filter.Matches(found) ? [found] : [], "", null);
        }

        var items = new List<CachedObject>();
        foreach (var item in snapshot.Range(prefix, after))
        {
            if (!filter.Matches(item))
            {
                continue;
            }

            if (limit > 0 && items.Count == limit)
            {
                var filtered = filter.Predicate is not null || filter.Scope.Name.Length > 0;
                return new CacheList(revision, items, TokenAfter(items, revision), filtered ? null : snapshot.CountAfter(prefix, items[^1].Key));
            }

            items.Add(item);
        }

        return new CacheList(revision, items, "", null);
    }

    private async ValueTask<CacheList> ListHistoryAsync(
        CacheListRequest request, long revision, string prefix, string? after, CacheFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            var page = await _history.ListAsync(prefix, revision, after, request.Limit, filter, cancellationToken);
            return new CacheList(revision, page.Items, page.More ? TokenAfter(page.Items, revision) : "", page.Remaining);
        }
        catch (CompactedException)
        {
            throw after is null ? ApiErrors.Expired("The resourceVersion for the provided list is too old.") : ExpiredPage(after);
        }
        catch (FutureRevisionException error)
        {
            throw ApiErrors.TooLargeResourceVersion(revision, error.NewestRevision);
        }
        catch (StoreUnavailableException error)
        {
            throw Unavailable(error);
        }
    }

    private string TokenAfter(List<CachedObject> items, long revision) => new ContinueToken(revision, items[^1].Key[factory.Prefix.Length..]).Encode();

    // Clients know this answer: they may take the rest as it is now by the token in it.
    private ApiException ExpiredPage(string after)
    {
        var error = ApiErrors.Expired(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue "
            + "parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token "
            + "results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned "
            + "and now may show up in the list.");
        error.Status.Metadata.Continue = new ContinueToken(-1, after[factory.Prefix.Length..]).Encode();
        return error;
    }
}
