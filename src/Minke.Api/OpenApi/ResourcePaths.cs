using Minke.Api.Meta;

namespace Minke.Api.OpenApi;

/// <summary>The paths at which a kind is served, with their operations, from the kind's verbs and subresources.</summary>
internal static class ResourcePaths
{
    public static string GroupVersionPath(KindInfo kind) => kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";

    public static IEnumerable<ApiPath> Of(KindInfo kind)
    {
        var root = GroupVersionPath(kind);
        var home = kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Plural}" : $"{root}/{kind.Plural}";
        yield return new ApiPath(home, kind.Namespaced, false, Collection(kind));
        if (kind.Namespaced && kind.Verbs.Contains("list"))
        {
            yield return new ApiPath($"{root}/{kind.Plural}", false, false, [Operation(kind, "get", "list", null, ListSchema(kind))]);
        }

        if (Item(kind) is { Count: > 0 } item)
        {
            yield return new ApiPath($"{home}/{{name}}", kind.Namespaced, true, item);
        }

        foreach (var subresource in kind.Subresources)
        {
            yield return new ApiPath($"{home}/{{name}}/{subresource.Name}", kind.Namespaced, true, [.. OfSubresource(kind, subresource)]);
        }
    }

    /// <summary>The schema of a kind's list.</summary>
    public static string ListSchema(KindInfo kind) => kind.Schema.Name + "List";

    private static List<ApiOperation> Collection(KindInfo kind)
    {
        var operations = new List<ApiOperation>();
        AddIf(operations, kind, "list", () => Operation(kind, "get", "list", null, ListSchema(kind)));
        AddIf(operations, kind, "create", () => Operation(kind, "post", "post", kind.Schema.Name, kind.Schema.Name));
        AddIf(operations, kind, "deletecollection", () => Operation(kind, "delete", "deletecollection", DeleteOptions.TypeSchema.Name, Status.TypeSchema.Name));
        return operations;
    }

    private static List<ApiOperation> Item(KindInfo kind)
    {
        var operations = new List<ApiOperation>();
        AddIf(operations, kind, "get", () => Operation(kind, "get", "get", null, kind.Schema.Name));
        AddIf(operations, kind, "update", () => Operation(kind, "put", "put", kind.Schema.Name, kind.Schema.Name));
        AddIf(operations, kind, "patch", () => Operation(kind, "patch", "patch", Patch.Name, kind.Schema.Name));
        AddIf(operations, kind, "delete", () => Operation(kind, "delete", "delete", DeleteOptions.TypeSchema.Name, Status.TypeSchema.Name));
        return operations;
    }

    /// <summary>The body of a patch, whose shape depends on its content type.</summary>
    public static TypeSchema Patch { get; } = new($"{KindNames.MetaPrefix}.Patch", "A change to an object, in the form that the content type names.", []);

    private static IEnumerable<ApiOperation> OfSubresource(KindInfo kind, Subresource subresource)
    {
        var body = Kinds.FindKind(subresource.Group, subresource.Version, subresource.Kind);
        var isStream = body is null;
        var isText = subresource.Name == "log";
        foreach (var verb in subresource.Verbs)
        {
            var (method, action) = verb switch
            {
                "create" => ("post", "post"),
                "update" => ("put", "put"),
                _ => (verb, verb),
            };
            var request = isStream || verb == "get" ? null : verb == "patch" ? Patch.Name : body!.Schema.Name;
            var response = isStream || isText ? null : body!.Schema.Name;
            action = isStream ? "connect" : action;
            yield return new ApiOperation(
                method, action, subresource.Group, subresource.Version, subresource.Kind, request, response, ApiParameters.Of(action, subresource.Name));
        }
    }

    private static ApiOperation Operation(KindInfo kind, string method, string action, string? request, string? response) =>
        new(method, action, kind.Group, kind.Version, kind.Kind, request, response, ApiParameters.Of(action, ""));

    private static void AddIf(List<ApiOperation> operations, KindInfo kind, string verb, Func<ApiOperation> make)
    {
        if (kind.Verbs.Contains(verb))
        {
            operations.Add(make());
        }
    }
}
