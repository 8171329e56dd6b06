using Minke.Api;

namespace Minke.ApiServer.Resources;

/// <summary>What must agree between a request's path and the object that it carries.</summary>
internal static class RequestChecks
{
    /// <summary>Fills in the namespace of the path when the object does not name one.</summary>
    /// <exception cref="ApiException">It names another one (400).</exception>
    public static void SetNamespace(KindInfo kind, ApiObject item, string ns)
    {
        var expected = kind.Namespaced ? ns : "";
        if (item.Metadata.Namespace.Length == 0)
        {
            item.Metadata.Namespace = expected;
        }
        else if (item.Metadata.Namespace != expected)
        {
            throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /// <exception cref="ApiException">The object has another name than the path (400).</exception>
    public static void SameName(ApiObject item, string name)
    {
        if (item.Metadata.Name.Length == 0)
        {
            item.Metadata.Name = name;
        }
        else if (item.Metadata.Name != name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({item.Metadata.Name}) does not match the name on the URL ({name})");
        }
    }

    /// <exception cref="ApiException">The object was read at another version, or is another one of the same name (409).</exception>
    public static void SameVersion(KindInfo kind, ApiObject desired, ApiObject current)
    {
        var version = desired.Metadata.ResourceVersion;
        if (version.Length > 0 && version != "0" && version != current.Metadata.ResourceVersion)
        {
            throw ApiErrors.StaleWrite(kind, current.Metadata.Name);
        }

        SameUid(kind, desired.Metadata.Uid, current);
    }

    /// <exception cref="ApiException">The object of that name has another uid (409).</exception>
    public static void SameUid(KindInfo kind, string? uid, ApiObject current)
    {
        if (!string.IsNullOrEmpty(uid) && uid != current.Metadata.Uid)
        {
            throw ApiErrors.Conflict(
                kind, current.Metadata.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Metadata.Uid}");
        }
    }
}
