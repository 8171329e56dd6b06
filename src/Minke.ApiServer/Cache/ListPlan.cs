using System.Globalization;
using Minke.Api;

namespace Minke.ApiServer.Cache;

internal enum Freshness
{
    /// <summary>Everything acknowledged before the request.</summary>
    Newest,
    /// <summary>Whatever is cached.</summary>
    Any,
    /// <summary>At least a revision.</summary>
    NotOlderThan,
    /// <summary>Exactly a revision.</summary>
    Exact,
}

/// <summary>What the version parameters of a list ask for, by the table in the Kubernetes API concepts.</summary>
internal readonly record struct ListPlan(Freshness Freshness, long Revision, string? After)
{
    /// <exception cref="ApiException">The parameters contradict each other or are not valid (400).</exception>
    public static ListPlan Of(CacheListRequest request)
    {
        if (request.Continue.Length > 0)
        {
            return OfContinue(request);
        }

        var revision = ParseVersion(request.ResourceVersion);
        return (request.ResourceVersionMatch, request.ResourceVersion.Length > 0, revision) switch
        {
            ("", false, _) => new ListPlan(Freshness.Newest, 0, null),
            (_, false, _) => throw Invalid("resourceVersionMatch is forbidden unless resourceVersion is provided"),
            ("" or "NotOlderThan", _, 0) => new ListPlan(Freshness.Any, 0, null),
            ("Exact", _, 0) => throw Invalid("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\""),
            ("Exact", _, _) => new ListPlan(Freshness.Exact, revision, null),
            // A limit without a match asks for exactly that version, for clients from before resourceVersionMatch.
            ("", _, _) when request.Limit > 0 => new ListPlan(Freshness.Exact, revision, null),
            ("" or "NotOlderThan", _, _) => new ListPlan(Freshness.NotOlderThan, revision, null),
            _ => throw Invalid($"resourceVersionMatch: Unsupported value: \"{request.ResourceVersionMatch}\": supported values: \"Exact\", \"NotOlderThan\""),
        };
    }

    /// <summary>A resourceVersion parameter; 0 when empty.</summary>
    /// <exception cref="ApiException">It is not a number (400).</exception>
    public static long ParseVersion(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw Invalid($"resourceVersion: Invalid value: \"{(text.Length <= 64 ? text : text[..64])}\": must be a number");
    }

    private static ListPlan OfContinue(CacheListRequest request)
    {
        if (request.ResourceVersion is not ("" or "0"))
        {
            throw Invalid("specifying resource version is not allowed when using continue");
        }

        if (request.ResourceVersionMatch.Length > 0)
        {
            throw Invalid("resourceVersionMatch is forbidden when continue is provided");
        }

        var token = ContinueToken.Decode(request.Continue);
        return new ListPlan(token.Revision < 0 ? Freshness.Newest : Freshness.Exact, Math.Max(0, token.Revision), token.After);
    }

    private static ApiException Invalid(string message) => ApiErrors.BadRequest(message);
}
