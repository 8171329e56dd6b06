namespace Minke.Api.Core;

/// <summary>A space in which names are unique.</summary>
[Kind("namespaces", Namespaced = false, ShortNames = ["ns"])]
[Subresource("finalize", "update")]
[Subresource("status", "get", "patch", "update")]
public sealed partial class Namespace : ApiObject
{
    /// <summary>What the namespace waits for before it goes.</summary>
    [Field(2)] public partial NamespaceSpec Spec { get; set; }

    /// <summary>Whether it is being deleted.</summary>
    [Field(3)] public partial NamespaceStatus Status { get; set; }
}

/// <summary>What a namespace waits for before it goes.</summary>
public sealed partial class NamespaceSpec : ApiType
{
    /// <summary>Who must finish before the namespace is removed.</summary>
    [Field(1)] public partial ApiList<string> Finalizers { get; set; }
}

/// <summary>Where a namespace is in its life.</summary>
public sealed partial class NamespaceStatus : ApiType
{
    /// <summary>Active or Terminating.</summary>
    [Field(1)] public partial string Phase { get; set; }

    /// <summary>What holds up its deletion.</summary>
    [Field(2), ListMap("type"), PatchMerge("type")]
    public partial ApiList<NamespaceCondition> Conditions { get; set; }
}

/// <summary>One thing that holds, or does not hold, for a namespace.</summary>
public sealed partial class NamespaceCondition : ApiType
{
    /// <summary>What the condition is about.</summary>
    [Field(1), Required]
    public partial string Type { get; set; }

    /// <summary>True, False or Unknown.</summary>
    [Field(2), Required]
    public partial string Status { get; set; }

    /// <summary>When the status last changed.</summary>
    [Field(4, WriteEmpty = true)]
    public partial DateTimeOffset? LastTransitionTime { get; set; }

    /// <summary>Why it is so, in one word.</summary>
    [Field(5)] public partial string Reason { get; set; }

    /// <summary>Why it is so, for people.</summary>
    [Field(6)] public partial string Message { get; set; }
}
