namespace Minke.Api;

/// <summary>What is known about one kind; generated from its declaration. See <see cref="Kinds"/>.</summary>
public sealed class KindInfo
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Empty for the core group.</summary>
    public required string Group { get; init; }
    public required string Version { get; init; }
    public required string Kind { get; init; }
    /// <summary>The resource's name in URLs; empty for a kind that is only the body of a subresource.</summary>
    public required string Plural { get; init; }
    public required bool Namespaced { get; init; }
    public required Type Type { get; init; }
    /// <summary>Makes an empty object.</summary>
    public required Func<ApiObject> New { get; init; }
    public required Func<TypeSchema> SchemaFactory { get; init; }
    public IReadOnlyList<string> ShortNames { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> Verbs { get; init; } = AllVerbs;
    public IReadOnlyList<Subresource> Subresources { get; init; } = [];

    /// <summary>Fills in fields that the client left out; null when the kind has no defaults.</summary>
    public Action<ApiObject>? Default { get; init; }
    /// <summary>Checks a new object; null when there is nothing to check beyond its metadata.</summary>
    public Action<ApiObject, FieldErrors>? Validate { get; init; }
    /// <summary>Checks a change from the old object to the new one.</summary>
    public Action<ApiObject, ApiObject, FieldErrors>? ValidateUpdate { get; init; }
    /// <summary>Checks a change of the status from the old object to the new one.</summary>
    public Action<ApiObject, ApiObject, FieldErrors>? ValidateStatusUpdate { get; init; }

    public TypeSchema Schema => SchemaFactory();
    /// <summary>"v1" for the core group, else "group/version".</summary>
    public string ApiVersion => field ??= Group.Length == 0 ? Version : $"{Group}/{Version}";
    public string Singular => field ??= Kind.ToLowerInvariant();
    public string ListKind => field ??= Kind + "List";
    /// <summary>"pods", or "leases.coordination.k8s.io" outside the core group: how errors, selectors and store keys name the resource.</summary>
    public string Resource => field ??= Group.Length == 0 ? Plural : $"{Plural}.{Group}";
    /// <summary>Whether the kind is served at a URL of its own.</summary>
    public bool IsResource => Plural.Length > 0;
    /// <summary>Whether objects of the kind can be read back.</summary>
    public bool IsStored => IsResource && Verbs.Contains("get");
    public bool HasStatus => FindSubresource("status") is not null;

    /// <summary>How the stored bytes of every object of the kind begin, up to the metadata's opening brace.</summary>
    internal byte[] StoredHead => field ??= System.Text.Encoding.UTF8.GetBytes($"{{\"kind\":\"{Kind}\",\"apiVersion\":\"{ApiVersion}\",\"metadata\":{{");

    public Subresource? FindSubresource(string name) => Subresources.FirstOrDefault(s => s.Name == name);

    public override string ToString() => $"{ApiVersion} {Kind}";
}

/// <summary>A subresource of a kind.</summary>
/// <param name="Kind">The kind of its body, for example "Scale".</param>
/// <param name="Group">The group of <paramref name="Kind"/>.</param>
/// <param name="Version">The version of <paramref name="Kind"/>.</param>
public sealed record Subresource(string Name, string Group, string Version, string Kind, IReadOnlyList<string> Verbs);
