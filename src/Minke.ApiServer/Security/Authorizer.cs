using System.Collections.Frozen;
using Minke.Api;
using Minke.Api.Authorization;

namespace Minke.ApiServer.Security;

/// <summary>
/// Decides what a user may do. Administrators may do everything, node agents what a node needs, everybody may ask whether the server is
/// well and which version it is, and authenticated users may look up what the API offers.
/// </summary>
public sealed class Authorizer
{
    private static readonly FrozenSet<string> s_openPaths = FrozenSet.Create(StringComparer.Ordinal, "/livez", "/readyz", "/healthz", "/version");

    private static readonly FrozenSet<string> s_nodeReads = FrozenSet.Create(
        StringComparer.Ordinal, "nodes", "pods", "configmaps", "secrets", "serviceaccounts", "namespaces", "leases", "events");

    private static readonly FrozenSet<string> s_nodeWrites = FrozenSet.Create(
        StringComparer.Ordinal, "pods", "pods/status", "pods/eviction", "events", "leases");

    private static readonly FrozenSet<string> s_reviews = FrozenSet.Create(
        StringComparer.Ordinal, "selfsubjectreviews", "selfsubjectaccessreviews", "selfsubjectrulesreviews");

    private const string NodeUserPrefix = "system:node:";

    /// <summary>Whether somebody who proves nothing may ask for the path.</summary>
    public static bool IsOpenToAll(string path) =>
        s_openPaths.Contains(path)
        || path.StartsWith("/livez/", StringComparison.Ordinal)
        || path.StartsWith("/readyz/", StringComparison.Ordinal)
        || path.StartsWith("/healthz/", StringComparison.Ordinal);

    public bool Allows(UserInfo user, in RequestAttributes request)
    {
        if (user.IsIn(UserInfo.Masters))
        {
            return true;
        }

        if (!request.IsResource)
        {
            return IsOpenToAll(request.Path) || (user.IsAuthenticated && IsDiscovery(request.Path) && request.Verb is "get" or "head");
        }

        if (user.IsAuthenticated && request.Verb == "create" && s_reviews.Contains(request.Resource))
        {
            return true;
        }

        return IsNode(user) && NodeMay(user, request);
    }

    /// <exception cref="ApiException">The user may not (403; 401 when nobody is named).</exception>
    public void Check(UserInfo user, in RequestAttributes request)
    {
        if (Allows(user, request))
        {
            return;
        }

        if (!user.IsAuthenticated)
        {
            throw ApiErrors.Unauthorized();
        }

        throw request.IsResource
            ? ApiErrors.Forbidden(request.Group, request.Resource, request.Name, Why(user, request))
            : ApiErrors.Forbidden("", "", "", $"User \"{user.Name}\" cannot {request.Verb} path \"{request.Path}\"");
    }

    /// <summary>All that a user may do, in the same terms for every namespace.</summary>
    public SubjectRulesReviewStatus RulesOf(UserInfo user)
    {
        if (user.IsIn(UserInfo.Masters))
        {
            return new SubjectRulesReviewStatus
            {
                ResourceRules = [new ResourceRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }],
                NonResourceRules = [new NonResourceRule { Verbs = ["*"], NonResourceURLs = ["*"] }],
            };
        }

        var rules = new SubjectRulesReviewStatus
        {
            ResourceRules = [new ResourceRule { Verbs = ["create"], ApiGroups = ["authentication.k8s.io", "authorization.k8s.io"], Resources = [.. s_reviews] }],
            NonResourceRules =
            [
                new NonResourceRule { Verbs = ["get"], NonResourceURLs = ["/api", "/api/*", "/apis", "/apis/*", "/openapi/*", "/metrics", .. s_openPaths] },
            ],
        };
        if (IsNode(user))
        {
            rules.ResourceRules.Add(new ResourceRule { Verbs = ["get", "list", "watch"], ApiGroups = ["*"], Resources = [.. s_nodeReads] });
            rules.ResourceRules.Add(new ResourceRule { Verbs = ["create", "update", "patch", "delete"], ApiGroups = ["*"], Resources = [.. s_nodeWrites] });
            rules.ResourceRules.Add(new ResourceRule { Verbs = ["create"], ApiGroups = [""], Resources = ["nodes"] });
            rules.ResourceRules.Add(new ResourceRule
            {
                Verbs = ["update", "patch"],
                ApiGroups = [""],
                Resources = ["nodes", "nodes/status"],
                ResourceNames = [user.Name[NodeUserPrefix.Length..]],
            });
        }

        return rules;
    }

    private static string Why(UserInfo user, in RequestAttributes request)
    {
        var scope = request.Namespace.Length > 0 ? $"in the namespace \"{request.Namespace}\"" : "at the cluster scope";
        return $"User \"{user.Name}\" cannot {request.Verb} resource \"{request.ResourceAndSubresource}\" in API group \"{request.Group}\" {scope}";
    }

    private static bool IsNode(UserInfo user) => user.IsIn(UserInfo.Nodes) && user.Name.StartsWith(NodeUserPrefix, StringComparison.Ordinal);

    private static bool IsDiscovery(string path) =>
        path is "/api" or "/apis" or "/metrics"
        || path.StartsWith("/api/", StringComparison.Ordinal)
        || path.StartsWith("/apis/", StringComparison.Ordinal)
        || path.StartsWith("/openapi/", StringComparison.Ordinal);

    private static bool NodeMay(UserInfo user, in RequestAttributes request)
    {
        if (request.IsReadOnly)
        {
            return s_nodeReads.Contains(request.Resource);
        }

        if (request.Resource == "nodes")
        {
            var ownNode = user.Name.AsSpan(NodeUserPrefix.Length);
            return request.Verb == "create" || (request.Verb is "update" or "patch" && ownNode.SequenceEqual(request.Name));
        }

        return request.Verb != "deletecollection" && s_nodeWrites.Contains(request.ResourceAndSubresource);
    }
}
