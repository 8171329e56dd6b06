using Minke.Api.Meta;

namespace Minke.Api;

/// <summary>A failure that the API answers, or answered, with a <see cref="Meta.Status"/>. Made by <see cref="ApiErrors"/>.</summary>
public sealed class ApiException(Status status, Exception? inner = null) : Exception(status.Message, inner)
{
    public Status Status => status;

    /// <summary>The HTTP status code.</summary>
    public int Code => status.Code;

    /// <summary>What clients switch on; see <see cref="StatusReason"/>.</summary>
    public string Reason => status.Reason;

    public bool IsNotFound => Reason == StatusReason.NotFound;

    public bool IsAlreadyExists => Reason == StatusReason.AlreadyExists;

    public bool IsConflict => Reason == StatusReason.Conflict;

    public bool IsInvalid => Reason == StatusReason.Invalid;

    /// <summary>The resourceVersion is too old to serve; list again.</summary>
    public bool IsGone => Reason is StatusReason.Expired or StatusReason.Gone;

    /// <summary>The same request may succeed later.</summary>
    public bool IsTransient => Reason is StatusReason.ServerTimeout or StatusReason.Timeout or StatusReason.TooManyRequests or StatusReason.ServiceUnavailable;
}
