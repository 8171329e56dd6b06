using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.ApiServer.Patch.Apply;
using Minke.ApiServer.Resources;
using Minke.ApiServer.Security;

namespace Minke.ApiServer.Http;

/// <summary>A request about a resource that was routed, authenticated and authorized.</summary>
/// <param name="Verb">The API's verb, for example <c>list</c>.</param>
/// <param name="Kind">The kind that the path names.</param>
/// <param name="ViewOrNull">Null for a kind whose objects are not stored.</param>
internal sealed record ApiRequest(HttpContext Http, UserInfo User, ResourcePath Path, string Verb, KindInfo Kind, KindView? ViewOrNull)
{
    /// <summary>The kind's objects.</summary>
    /// <exception cref="ApiException">Objects of the kind are not stored (405).</exception>
    public KindView View => ViewOrNull ?? throw ApiErrors.MethodNotAllowed();

    public string Namespace => Path.Namespace;

    public string Name => Path.Name;

    public RequestQuery Query => new(Http.Request.Query);

    /// <summary>Cancelled when the client goes away.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <exception cref="ApiException">The server has none of the forms that the client accepts (406).</exception>
    public ResponseType ResponseType => ResponseType.ChooseOrThrow(Http.Request.Headers.Accept.ToString());

    /// <exception cref="ApiException">A parameter has no sense (400, 422).</exception>
    public WriteOptions WriteOptions(bool isApply = false)
    {
        var errors = new FieldErrors();
        FieldManagerName.Validate(Query.FieldManager, isApply, errors);
        return errors.Any
            ? throw ApiErrors.BadRequest(string.Join(", ", errors.Causes.Select(c => $"{c.Field}: {c.Message}")))
            : new WriteOptions
            {
                DryRun = Query.DryRun,
                FieldManager = FieldManagerName.Of(Query.FieldManager, Http.Request.Headers.UserAgent.ToString()),
                Subresource = Path.Subresource,
            };
    }
}
