namespace Minke.Api;

/// <summary>How a field's value is represented on the wire.</summary>
public enum FieldKind
{
    String,
    Boolean,
    Int32,
    Int64,
    Double,
    /// <summary>Base64 in JSON, raw bytes in protobuf.</summary>
    Bytes,
    /// <summary>RFC 3339 with seconds (metav1.Time).</summary>
    Time,
    /// <summary>RFC 3339 with microseconds (metav1.MicroTime).</summary>
    MicroTime,
    Quantity,
    IntOrString,
    /// <summary>Any JSON value, kept as bytes (RawExtension, FieldsV1).</summary>
    Raw,
    /// <summary>A declared API type; see <see cref="FieldSchema.Type"/>.</summary>
    Object,
}

/// <summary>Whether a field holds one value, a list or a map from string.</summary>
public enum FieldShape
{
    Single,
    List,
    Map,
}

/// <summary>How server-side apply and strategic merge treat a list (x-kubernetes-list-type).</summary>
public enum ListType
{
    Atomic,
    Set,
    Map,
}

/// <summary>
/// What is known about one declared field; generated from its declaration. It drives OpenAPI documents, strategic merge patch,
/// server-side apply and `kubectl explain`.
/// </summary>
public sealed class FieldSchema
{
    public required string JsonName { get; init; }
    public required int Number { get; init; }
    public required FieldKind Kind { get; init; }
    public FieldShape Shape { get; init; }
    /// <summary>The type of the value, of a list's element or of a map's value, when <see cref="Kind"/> is <see cref="FieldKind.Object"/>.</summary>
    public TypeSchema? Type => TypeFactory?.Invoke();
    public Func<TypeSchema>? TypeFactory { get; init; }
    public bool Required { get; init; }
    public string Doc { get; init; } = "";
    public ListType ListType { get; init; } = ListType.Atomic;
    /// <summary>Keys that identify an element of a <see cref="ListType.Map"/> list.</summary>
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];
    /// <summary>The single key that strategic merge patch merges list elements by; null when the list is replaced (or a set of scalars is merged).</summary>
    public string? PatchMergeKey { get; init; }
    /// <summary>Strategic merge patch merges this list or map instead of replacing it.</summary>
    public bool PatchMerge { get; init; }
    /// <summary>Strategic merge patch drops keys that the patch does not name (patchStrategy "retainKeys").</summary>
    public bool PatchRetainKeys { get; init; }
    /// <summary>An object or map that server-side apply treats as one value.</summary>
    public bool Atomic { get; init; }
    /// <summary>What an absent value stands for where the field is one of a list's <see cref="ListMapKeys"/>; null: the zero value.</summary>
    public string? Default { get; init; }
}

/// <summary>What is known about one declared type; generated from its declaration. Fields of inlined types are listed flat, as JSON shows them.</summary>
public sealed class TypeSchema
{
    private readonly Dictionary<string, FieldSchema> _byName;

    public TypeSchema(string name, string doc, IReadOnlyList<FieldSchema> fields)
    {
        Name = name;
        Doc = doc;
        Fields = fields;
        _byName = fields.ToDictionary(f => f.JsonName, StringComparer.Ordinal);
    }

    /// <summary>The OpenAPI definition name, for example <c>io.k8s.api.core.v1.PodSpec</c>.</summary>
    public string Name { get; }
    public string Doc { get; }
    public IReadOnlyList<FieldSchema> Fields { get; }
    /// <summary>Server-side apply treats a value of this type as one unit wherever it appears (structType=atomic).</summary>
    public bool Atomic { get; init; }

    public FieldSchema? Find(string jsonName) => _byName.GetValueOrDefault(jsonName);
}
