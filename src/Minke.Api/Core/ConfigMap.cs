namespace Minke.Api.Core;

[Kind("configmaps", ShortNames = ["cm"])]
public sealed partial class ConfigMap : ApiObject
{
    [Field(4)] public partial bool? Immutable { get; set; }

    [Field(2)] public partial ApiMap<string> Data { get; set; }

    [Field(3)] public partial ApiMap<ReadOnlyMemory<byte>> BinaryData { get; set; }
}
