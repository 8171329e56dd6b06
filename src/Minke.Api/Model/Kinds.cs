using System.Collections.Frozen;

namespace Minke.Api;

/// <summary>Every kind that the API has. The generator adds one property per kind, and <c>All</c>.</summary>
public static partial class Kinds
{
    private static FrozenDictionary<(string Group, string Version, string Name), KindInfo> ByPlural =>
        field ??= All.Where(kind => kind.IsResource).ToFrozenDictionary(kind => (kind.Group, kind.Version, kind.Plural));

    private static FrozenDictionary<(string Group, string Version, string Name), KindInfo> ByKind =>
        field ??= All.ToFrozenDictionary(kind => (kind.Group, kind.Version, kind.Kind));

    /// <summary>The kind served as a resource, for example ("", "v1", "pods"); null when there is none.</summary>
    public static KindInfo? FindResource(string group, string version, string plural) => ByPlural.GetValueOrDefault((group, version, plural));

    /// <summary>The kind of a name, for example ("", "v1", "Pod"); null when there is none.</summary>
    public static KindInfo? FindKind(string group, string version, string kind) => ByKind.GetValueOrDefault((group, version, kind));

    /// <summary>The kind that an object's <c>apiVersion</c> and <c>kind</c> name; null when there is none.</summary>
    public static KindInfo? FindKind(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/');
        return slash < 0 ? FindKind("", apiVersion, kind) : FindKind(apiVersion[..slash], apiVersion[(slash + 1)..], kind);
    }

    /// <summary>The kind that a C# type declares.</summary>
    public static KindInfo Of<T>() where T : ApiObject, new() => Holder<T>.Info;

    private static class Holder<T> where T : ApiObject, new()
    {
        public static readonly KindInfo Info = new T().Info;
    }
}
