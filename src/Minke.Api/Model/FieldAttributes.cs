namespace Minke.Api;

/// <summary>Declares a field of an API type. The generator implements the property.</summary>
/// <param name="number">The protobuf field number.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FieldAttribute(int number) : Attribute
{
    public int Number => number;

    /// <summary>The JSON name where it is not the property's name in camel case.</summary>
    public string? Name { get; init; }

    /// <summary>A time that is a struct in Go: absent, it is still written in protobuf, as an empty message.</summary>
    public bool WriteEmpty { get; init; }

    /// <summary>The value follows from the store's revision, so it is left out of stored bytes.</summary>
    public bool FromRevision { get; init; }
}

/// <summary>A Go struct embedded in its owner: its fields are flat in JSON and nested under <paramref name="number"/> in protobuf.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InlineAttribute(int number) : Attribute
{
    public int Number => number;
}

/// <summary>The field is always written, and OpenAPI calls it required.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredAttribute : Attribute;

/// <summary>Server-side apply identifies the list's elements by these keys (x-kubernetes-list-type "map").</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListMapAttribute(params string[] keys) : Attribute
{
    public string[] Keys => keys;
}

/// <summary>Server-side apply treats the list as a set of scalars.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ListSetAttribute : Attribute;

/// <summary>What an absent value of a key of a list stands for.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeyDefaultAttribute(string value) : Attribute
{
    public string Value => value;
}

/// <summary>Strategic merge patch merges the list instead of replacing it: elements by <paramref name="key"/>, or scalars as a set without one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PatchMergeAttribute(string? key = null) : Attribute
{
    public string? Key => key;

    /// <summary>Fields of an element that the patch does not name are dropped.</summary>
    public bool RetainKeys { get; init; }
}

/// <summary>Server-side apply treats the value (or every value of the type) as one unit.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class AtomicAttribute : Attribute;
