using System.Collections.Frozen;
using Minke.Api;
using Minke.ApiServer.Resources;

namespace Minke.ApiServer.Http;

/// <summary>Answers one request that the dispatcher does not know itself, such as a stream to a node.</summary>
internal delegate Task SubresourceDelegate(ApiRequest request);

/// <summary>Finds who answers a request about a resource.</summary>
/// <param name="forwarded">Answers of subresources by name, for example <c>pods/log</c>.</param>
internal sealed class ResourceDispatcher(
    ReadHandler reads,
    WatchHandler watches,
    WriteHandler writes,
    SubresourceHandler subresources,
    ReviewHandler reviews,
    IReadOnlyDictionary<string, SubresourceDelegate> forwarded)
{
    private static readonly FrozenSet<string> s_own = FrozenSet.Create(
        StringComparer.Ordinal,
        "pods/binding",
        "pods/eviction",
        "pods/status",
        "nodes/status",
        "namespaces/status",
        "namespaces/finalize",
        "replicationcontrollers/scale",
        "replicationcontrollers/status");

    /// <summary>Whether a subresource is answered.</summary>
    public bool Serves(KindInfo kind, Subresource subresource) =>
        forwarded.ContainsKey($"{kind.Plural}/{subresource.Name}") || s_own.Contains($"{kind.Plural}/{subresource.Name}");

    /// <summary>Whether the answer stays open, so that the limits for ordinary requests do not hold.</summary>
    public bool IsLongRunning(ApiRequest request) =>
        request.Verb == "watch" || forwarded.ContainsKey($"{request.Kind.Plural}/{request.Path.Subresource}");

    /// <exception cref="ApiException">Nobody does (404, 405), or the answer is a failure.</exception>
    public Task DispatchAsync(ApiRequest request) => request.Path.Subresource.Length > 0 ? Subresource(request) : Main(request);

    private Task Main(ApiRequest request)
    {
        if (!request.Kind.Verbs.Contains(request.Verb))
        {
            throw ApiErrors.MethodNotAllowed();
        }

        return request.Verb switch
        {
            "get" => reads.GetAsync(request),
            "list" => reads.ListAsync(request),
            "watch" => watches.HandleAsync(request),
            "create" when ReviewHandler.Serves(request.Kind) => reviews.HandleAsync(request),
            "create" when request.Kind == Kinds.Binding => subresources.BindAsync(request),
            "create" when request.Kind.Namespaced && request.Namespace.Length == 0 => throw ApiErrors.MethodNotAllowed(),
            "create" => writes.CreateAsync(request),
            "update" => writes.UpdateAsync(request, UpdateScope.Main),
            "patch" => writes.PatchAsync(request, UpdateScope.Main),
            "delete" => writes.DeleteAsync(request),
            "deletecollection" => writes.DeleteCollectionAsync(request),
            _ => throw ApiErrors.MethodNotAllowed(),
        };
    }

    private Task Subresource(ApiRequest request)
    {
        var name = $"{request.Kind.Plural}/{request.Path.Subresource}";
        var known = request.Kind.FindSubresource(request.Path.Subresource);
        if (known is null || !Serves(request.Kind, known) || request.Path.Remainder.Length > 0)
        {
            throw ApiErrors.NoSuchPath();
        }

        if (!known.Verbs.Contains(request.Verb))
        {
            throw ApiErrors.MethodNotAllowed();
        }

        if (forwarded.TryGetValue(name, out var handler))
        {
            return handler(request);
        }

        return (name, request.Verb) switch
        {
            ("pods/binding", _) => subresources.BindAsync(request),
            ("pods/eviction", _) => subresources.EvictAsync(request),
            ("replicationcontrollers/scale", "get") => subresources.GetScaleAsync(request),
            ("replicationcontrollers/scale", "update") => subresources.UpdateScaleAsync(request),
            ("replicationcontrollers/scale", "patch") => subresources.PatchScaleAsync(request),
            (_, "get") => reads.GetAsync(request),
            (_, "update") => writes.UpdateAsync(request, UpdateScopes.Of(request.Kind, known.Name)),
            (_, "patch") => writes.PatchAsync(request, UpdateScopes.Of(request.Kind, known.Name)),
            _ => throw ApiErrors.NoSuchPath(),
        };
    }
}
