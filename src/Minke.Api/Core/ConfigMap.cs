namespace Minke.Api.Core;

/// <summary>Configuration as keys and values.</summary>
[Kind("configmaps", ShortNames = ["cm"])]
public sealed partial class ConfigMap : ApiObject
{
    /// <summary>Whether the entries may never change.</summary>
    [Field(4)] public partial bool? Immutable { get; set; }

    /// <summary>Entries that are text.</summary>
    [Field(2)] public partial ApiMap<string> Data { get; set; }

    /// <summary>Entries that are any bytes.</summary>
    [Field(3)] public partial ApiMap<ReadOnlyMemory<byte>> BinaryData { get; set; }
}
