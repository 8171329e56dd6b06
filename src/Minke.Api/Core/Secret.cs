namespace Minke.Api.Core;

[Kind("secrets")]
public sealed partial class Secret : ApiObject
{
    [Field(5)] public partial bool? Immutable { get; set; }

    [Field(2)] public partial ApiMap<ReadOnlyMemory<byte>> Data { get; set; }

    [Field(4)] public partial ApiMap<string> StringData { get; set; }

    [Field(3)] public partial string Type { get; set; }
}
