namespace Minke.Api.Meta;

[TypeMeta("v1", "Status")]
public sealed partial class Status : ApiRoot
{
    [Field(1)] public partial ListMeta Metadata { get; set; }

    [Field(2, Name = "status")]
    public partial string Result { get; set; }

    [Field(3)] public partial string Message { get; set; }

    [Field(4)] public partial string Reason { get; set; }

    [Field(5)] public partial StatusDetails? Details { get; set; }

    [Field(6)] public partial int Code { get; set; }
}

public sealed partial class StatusDetails : ApiType
{
    [Field(1)] public partial string Name { get; set; }

    [Field(2)] public partial string Group { get; set; }

    [Field(3)] public partial string Kind { get; set; }

    [Field(6)] public partial string Uid { get; set; }

    [Field(4)] public partial ApiList<StatusCause> Causes { get; set; }

    [Field(5)] public partial int RetryAfterSeconds { get; set; }
}

public sealed partial class StatusCause : ApiType
{
    [Field(1)] public partial string Reason { get; set; }

    [Field(2)] public partial string Message { get; set; }

    [Field(3)] public partial string Field { get; set; }
}
