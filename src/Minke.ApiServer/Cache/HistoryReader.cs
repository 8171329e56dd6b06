using Minke.Api;
using Minke.Store;

namespace Minke.ApiServer.Cache;

/// <summary>Lists a state of the past, which the cache no longer has, from the store.</summary>
internal sealed class HistoryReader(IStore store, ObjectFactory factory)
{
    private const int PageSize = 500;

    /// <summary>At most <paramref name="limit"/> matching objects, then whether and how many others follow.</summary>
    /// <exception cref="CompactedException">The store no longer has the revision.</exception>
    public async ValueTask<HistoryPage> ListAsync(
        string prefix, long revision, string? after, int limit, CacheFilter filter, CancellationToken cancellationToken)
    {
        var filtered = filter.Predicate is not null || filter.Scope.Name.Length > 0;
        var wanted = limit == 0 ? int.MaxValue : limit;
        var items = new List<CachedObject>();
        while (true)
        {
            var pageSize = limit == 0 ? 0 : filtered ? PageSize : wanted;
            var page = await store.ListAsync(new ListQuery(prefix, revision, pageSize, after), cancellationToken);
            foreach (var entry in page.Entries)
            {
                var item = factory.Make(entry);
                if (!filter.Matches(item))
                {
                    continue;
                }

                if (items.Count == wanted)
                {
                    return new HistoryPage(items, true, null);
                }

                items.Add(item);
            }

            if (!page.More || !filtered)
            {
                return new HistoryPage(items, page.More, page.More && !filtered ? page.Remaining : null);
            }

            after = page.Entries[^1].Key;
        }
    }
}

internal readonly record struct HistoryPage(List<CachedObject> Items, bool More, long? Remaining);
