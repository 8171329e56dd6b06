using Minke.ApiServer.Cache;
using Minke.ApiServer.Resources;

namespace Minke.ApiServer.Http;

/// <summary>Answers get and list.</summary>
internal sealed class ReadHandler(ObjectResponse response)
{
    public async Task GetAsync(ApiRequest request)
    {
        var found = await request.View.Storage.GetAsync(request.Namespace, request.Name, request.Query.ResourceVersion, request.Aborted);
        await response.WriteAsync(request, found);
    }

    public async Task ListAsync(ApiRequest request)
    {
        var query = request.Query;
        var selection = Selection.Parse(request.View, request.Namespace, query.LabelSelector, query.FieldSelector);
        var list = await request.View.Storage.ListAsync(
            new CacheListRequest
            {
                Namespace = selection.Namespace,
                Name = selection.Name,
                ResourceVersion = query.ResourceVersion,
                ResourceVersionMatch = query.ResourceVersionMatch,
                Limit = query.Limit,
                Continue = query.Continue,
                Predicate = selection.Predicate,
            },
            request.Aborted);
        await response.WriteListAsync(request, list);
    }
}
