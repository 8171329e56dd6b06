namespace Minke.Api.Core;

/// <summary>Confidential keys and values.</summary>
[Kind("secrets")]
public sealed partial class Secret : ApiObject
{
    /// <summary>Whether the entries may never change.</summary>
    [Field(5)] public partial bool? Immutable { get; set; }

    /// <summary>The entries.</summary>
    [Field(2)] public partial ApiMap<ReadOnlyMemory<byte>> Data { get; set; }

    /// <summary>Entries given as text when writing; they go into data.</summary>
    [Field(4)] public partial ApiMap<string> StringData { get; set; }

    /// <summary>What the secret is for, for example Opaque.</summary>
    [Field(3)] public partial string Type { get; set; }
}
