using System.Globalization;
using Minke.Api.Meta;

namespace Minke.Api;

/// <summary>Makes each kind of failure with the code, reason and details that Kubernetes answers with (apimachinery's errors package).</summary>
public static class ApiErrors
{
    public static ApiException NotFound(KindInfo kind, string name) => NotFound(kind.Group, kind.Plural, name);

    public static ApiException NotFound(string group, string plural, string name) =>
        Make(404, StatusReason.NotFound, $"{Qualify(group, plural)} \"{name}\" not found", Details(group, plural, name));

    /// <summary>Nothing is served at the path.</summary>
    public static ApiException NoSuchPath() => Make(404, StatusReason.NotFound, "the server could not find the requested resource", new StatusDetails());

    public static ApiException AlreadyExists(KindInfo kind, string name) =>
        Make(409, StatusReason.AlreadyExists, $"{kind.Resource} \"{name}\" already exists", Details(kind.Group, kind.Plural, name));

    /// <summary>The name was generated and is taken; the same request may succeed.</summary>
    public static ApiException GenerateNameConflict(KindInfo kind, string name, int retryAfterSeconds = 1)
    {
        var details = Details(kind.Group, kind.Plural, name);
        details.RetryAfterSeconds = retryAfterSeconds;
        return Make(409, StatusReason.AlreadyExists, $"{kind.Resource} \"{name}\" already exists, the server was not able to generate a unique name for the object", details);
    }

    public static ApiException Conflict(KindInfo kind, string name, string why) =>
        Make(409, StatusReason.Conflict, $"Operation cannot be fulfilled on {kind.Resource} \"{name}\": {why}", Details(kind.Group, kind.Plural, name));

    /// <summary>The object changed since the client read it.</summary>
    public static ApiException StaleWrite(KindInfo kind, string name) =>
        Conflict(kind, name, "the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>Server-side apply found fields owned by other managers.</summary>
    public static ApiException ApplyConflict(IEnumerable<StatusCause> causes, string message) =>
        Make(409, StatusReason.Conflict, message, new StatusDetails { Causes = [.. causes] });

    /// <summary>422 with one cause per wrong field.</summary>
    public static ApiException Invalid(KindInfo kind, string name, FieldErrors errors)
    {
        var details = new StatusDetails { Group = kind.Group, Kind = kind.Kind, Name = name, Causes = [.. errors.Causes] };
        var shown = errors.Causes.Select(cause => $"{cause.Field}: {cause.Message}").Distinct().ToList();
        var list = shown.Count == 1 ? shown[0] : $"[{string.Join(", ", shown)}]";
        return Make(422, StatusReason.Invalid, $"{Qualify(kind.Group, kind.Kind)} \"{name}\" is invalid: {list}", details);
    }

    public static ApiException BadRequest(string message, Exception? inner = null) => Make(400, StatusReason.BadRequest, message, null, inner);

    public static ApiException Unauthorized(string message = "Unauthorized") => Make(401, StatusReason.Unauthorized, message);

    /// <param name="plural">Empty for a request that is not about a resource.</param>
    public static ApiException Forbidden(string group, string plural, string name, string why)
    {
        var message = (plural.Length, name.Length) switch
        {
            (0, _) => $"forbidden: {why}",
            (_, 0) => $"{Qualify(group, plural)} is forbidden: {why}",
            _ => $"{Qualify(group, plural)} \"{name}\" is forbidden: {why}",
        };
        return Make(403, StatusReason.Forbidden, message, Details(group, plural, name));
    }

    public static ApiException MethodNotSupported(KindInfo kind, string verb) =>
        Make(405, StatusReason.MethodNotAllowed, $"{verb} is not supported on resources of kind \"{kind.Resource}\"", Details(kind.Group, kind.Plural, ""));

    public static ApiException MethodNotAllowed() =>
        Make(405, StatusReason.MethodNotAllowed, "the server does not allow this method on the requested resource", new StatusDetails());

    public static ApiException NotAcceptable(IEnumerable<string> offered) =>
        Make(406, StatusReason.NotAcceptable, $"only the following media types are accepted: {string.Join(", ", offered)}");

    public static ApiException UnsupportedMediaType(IEnumerable<string> accepted) =>
        Make(415, StatusReason.UnsupportedMediaType, $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");

    /// <summary>The resourceVersion or continue token is too old.</summary>
    public static ApiException Expired(string message) => Make(410, StatusReason.Expired, message);

    public static ApiException TooOldResourceVersion(long requested, long oldest) =>
        Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {requested} ({oldest})"));

    public static ApiException TooLarge(string message) => Make(413, StatusReason.RequestEntityTooLarge, message);

    public static ApiException TooManyRequests(string message, int retryAfterSeconds) =>
        Make(429, StatusReason.TooManyRequests, message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>The server could not finish in time; the outcome is unknown.</summary>
    public static ApiException Timeout(string message, int retryAfterSeconds = 0) =>
        Make(504, StatusReason.Timeout, $"Timeout: {message}", new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>The requested resourceVersion is newer than what the server has seen.</summary>
    public static ApiException TooLargeResourceVersion(long requested, long current, int retryAfterSeconds = 1)
    {
        var cause = new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" };
        var details = new StatusDetails { RetryAfterSeconds = retryAfterSeconds, Causes = [cause] };
        return Make(504, StatusReason.Timeout, string.Create(CultureInfo.InvariantCulture, $"Too large resource version: {requested}, current: {current}"), details);
    }

    public static ApiException ServiceUnavailable(string message, int retryAfterSeconds = 1, Exception? inner = null) =>
        Make(503, StatusReason.ServiceUnavailable, message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds }, inner);

    public static ApiException InternalError(string message, Exception? inner = null) =>
        Make(500, StatusReason.InternalError, $"Internal error occurred: {message}", new StatusDetails { Causes = [new StatusCause { Message = message }] }, inner);

    private static ApiException Make(int code, string reason, string message, StatusDetails? details = null, Exception? inner = null) =>
        new(new Status { Result = "Failure", Message = message, Reason = reason, Code = code, Details = details }, inner);

    private static StatusDetails Details(string group, string plural, string name) => new() { Group = group, Kind = plural, Name = name };

    private static string Qualify(string group, string plural) => group.Length == 0 ? plural : $"{plural}.{group}";
}
