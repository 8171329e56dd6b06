using System.Globalization;
using Microsoft.AspNetCore.Http;
using Minke.Api;
using Minke.Api.Meta;

namespace Minke.ApiServer.Http;

/// <summary>Answers with a Status.</summary>
internal static class StatusResponse
{
    public static Task WriteAsync(HttpContext http, Status status)
    {
        if (status.Details is { RetryAfterSeconds: > 0 } details)
        {
            http.Response.Headers.RetryAfter = details.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        // A client that accepts nothing that the server has still gets to read why.
        var wantsProtobuf = ResponseType.Choose(http.Request.Headers.Accept.ToString()) is { Format: WireFormat.Protobuf };
        return wantsProtobuf
            ? ResponseBody.WriteAsync(http, status.Code, ResponseType.Protobuf, ApiProto.Encode(status))
            : ResponseBody.WriteAsync(http, status.Code, ResponseType.Json, ApiJson.Encode(status));
    }
}
