using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.Api.Authentication;
using Minke.Api.Authorization;
using Minke.ApiServer.Security;

namespace Minke.ApiServer.Http;

/// <summary>
/// Answers who the client is and what it may do (<c>SelfSubjectReview</c>, <c>SelfSubjectAccessReview</c>, <c>SelfSubjectRulesReview</c>).
/// Reviews are answered and not stored.
/// </summary>
internal sealed class ReviewHandler(Authorizer authorizer, ObjectResponse response)
{
    public static bool Serves(KindInfo kind) =>
        kind == Kinds.SelfSubjectReview || kind == Kinds.SelfSubjectAccessReview || kind == Kinds.SelfSubjectRulesReview;

    public async Task HandleAsync(ApiRequest request)
    {
        var review = await RequestBody.ReadObjectAsync(request.Http, request.Kind);
        switch (review)
        {
            case SelfSubjectReview who:
                who.Status.UserInfo = new Api.Authentication.UserInfo { Username = request.User.Name, Groups = [.. request.User.Groups] };
                break;
            case SelfSubjectAccessReview access:
                access.Status = new SubjectAccessReviewStatus { Allowed = authorizer.Allows(request.User, AttributesOf(access.Spec)) };
                break;
            case SelfSubjectRulesReview rules:
                rules.Status = authorizer.RulesOf(request.User);
                break;
        }

        await response.WriteAsync(request, review, StatusCodes.Status201Created);
    }

    private static RequestAttributes AttributesOf(SelfSubjectAccessReviewSpec spec) => spec switch
    {
        { ResourceAttributes: { } resource, NonResourceAttributes: null } =>
            new(resource.Verb, resource.Group, resource.Resource, resource.Subresource, resource.Namespace, resource.Name, ""),
        { ResourceAttributes: null, NonResourceAttributes: { } path } => RequestAttributes.ForPath(path.Verb, path.Path),
        _ => throw ApiErrors.BadRequest("spec: exactly one of nonResourceAttributes or resourceAttributes must be specified"),
    };
}
