namespace Minke.Api;

/// <summary>Says which API group and version the kinds of a namespace belong to and how OpenAPI names the types in it.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class ApiNamespaceAttribute(string name, string group, string version, string openApiPrefix) : Attribute
{
    public string Name => name;
    public string Group => group;
    public string Version => version;
    public string OpenApiPrefix => openApiPrefix;
}

/// <summary>
/// Declares a kind. Its defaults and validation are found by name: static methods <c>Apply(T)</c> in <c>{Kind}Defaults</c> and
/// <c>Validate(T, FieldErrors)</c>, <c>ValidateUpdate(T old, T new, FieldErrors)</c>, <c>ValidateStatusUpdate(T old, T new, FieldErrors)</c> in <c>{Kind}Validation</c>, in the kind's namespace.
/// </summary>
/// <param name="plural">The resource's name in URLs; empty for a kind that is only the body of a subresource.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KindAttribute(string plural) : Attribute
{
    public string Plural => plural;
    /// <summary>The name of the kind's property in <see cref="Kinds"/>, where another group has a kind of the same name.</summary>
    public string? Entry { get; init; }
    public bool Namespaced { get; init; } = true;
    public string[] ShortNames { get; init; } = [];
    public string[] Categories { get; init; } = [];
    /// <summary>The verbs that the resource answers; all eight when not given.</summary>
    public string[] Verbs { get; init; } = [];
}

/// <summary>Declares a subresource of a kind. Without <see cref="Kind"/>, its body is the kind itself.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class SubresourceAttribute(string name, params string[] verbs) : Attribute
{
    public string Name => name;
    public string[] Verbs => verbs;
    public string? Kind { get; init; }
    public string? Group { get; init; }
    public string? Version { get; init; }
}

/// <summary>Declares a type that can be the top of a document without being a kind with object metadata.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeMetaAttribute(string apiVersion, string kind) : Attribute
{
    public string ApiVersion => apiVersion;
    public string Kind => kind;
}
