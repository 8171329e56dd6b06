using System.Net;
using System.Text;
using Minke.Api;
using Minke.Api.Meta;

namespace Minke.Client.Http;

/// <summary>Makes an <see cref="ApiException"/> of an answer that is an error.</summary>
internal static class StatusDecoder
{
    private const int BytesMax = 256 * 1024;
    private const int MessageMax = 1024;

    public static async Task<ApiException> DecodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await BoundedBody.ReadAsync(response.Content, BytesMax, cancellationToken);
        var status = TryDecode(body.Span) ?? FromCode(response.StatusCode, body.Span);
        if (response.Headers.RetryAfter?.Delta is { } delay && (status.Details?.RetryAfterSeconds ?? 0) == 0)
        {
            status.Details ??= new StatusDetails();
            status.Details.RetryAfterSeconds = (int)Math.Clamp(Math.Ceiling(delay.TotalSeconds), 0, 3600);
        }

        return new ApiException(status);
    }

    private static Status? TryDecode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var status = ApiJson.Decode<Status>(utf8);
            return status.Code >= 400 ? status : null;
        }
        catch (ApiException)
        {
            // Not from the API: a proxy in between, or a server of another sort. The code and the text say what there is to say.
            return null;
        }
    }

    private static Status FromCode(HttpStatusCode code, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MessageMax)]);
        return new Status
        {
            Result = "Failure",
            Code = (int)code,
            Message = $"the server answered {(int)code} {code}: {text}",
            Reason = code switch
            {
                HttpStatusCode.Unauthorized => StatusReason.Unauthorized,
                HttpStatusCode.Forbidden => StatusReason.Forbidden,
                HttpStatusCode.NotFound => StatusReason.NotFound,
                HttpStatusCode.Conflict => StatusReason.Conflict,
                HttpStatusCode.TooManyRequests => StatusReason.TooManyRequests,
                HttpStatusCode.ServiceUnavailable => StatusReason.ServiceUnavailable,
                HttpStatusCode.GatewayTimeout => StatusReason.Timeout,
                _ => StatusReason.InternalError,
            },
        };
    }
}
