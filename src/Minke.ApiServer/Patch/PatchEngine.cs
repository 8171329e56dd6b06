using System.Text.Json;
using System.Text.Json.Nodes;
using Minke.Api;
using Minke.Api.Meta;
using Minke.Client;

namespace Minke.ApiServer.Patch;

/// <summary>
/// Applies patches to the JSON of objects. Pure: the result still has to be decoded (strictly, where the client asks for it), defaulted and
/// validated. Server-side apply is <see cref="Apply.FieldManager.Apply"/>.
/// </summary>
public static class PatchEngine
{
    /// <summary>The object with the patch applied.</summary>
    /// <param name="current">The JSON of the present object.</param>
    /// <param name="body">The body of the request, in JSON.</param>
    /// <exception cref="ApiException">400: the patch cannot be read; 422: it does not fit the object; 413: it asks for too much work.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The type is <see cref="PatchType.Apply"/>.</exception>
    public static byte[] Apply(KindInfo kind, ReadOnlyMemory<byte> current, PatchType type, ReadOnlyMemory<byte> body)
    {
        try
        {
            var target = JsonNode.Parse(current.Span, documentOptions: JsonText.DocumentOptions)!.AsObject();
            JsonNode? result = type switch
            {
                PatchType.Json => JsonPatch.Apply(target, body.Span),
                PatchType.Merge => MergePatch.Apply(target, JsonText.ParseObjectBody(body.Span)),
                PatchType.StrategicMerge => StrategicMergePatch.Apply(target, JsonText.ParseObjectBody(body.Span), kind.Schema),
                _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a patch of this engine"),
            };
            return JsonText.ToBytes(result as JsonObject ?? throw PatchException.NotApplicable("the patched object is not a JSON object"));
        }
        catch (PatchException exception)
        {
            throw ToApiException(exception);
        }
    }

    private static ApiException ToApiException(PatchException exception) => exception.Fault switch
    {
        PatchFault.Malformed => ApiErrors.BadRequest(exception.Message, exception),
        PatchFault.TooLarge => ApiErrors.TooLarge(exception.Message),
        _ => new ApiException(
            new Status
            {
                Result = "Failure",
                Code = 422,
                Reason = StatusReason.Invalid,
                Message = "the server rejected our request due to an error in our request",
                Details = new StatusDetails { Causes = [new StatusCause { Reason = "FieldValueInvalid", Message = exception.Message, Field = "patch" }] },
            },
            exception),
    };
}
