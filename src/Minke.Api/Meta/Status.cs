namespace Minke.Api.Meta;

/// <summary>The answer to a request that gives no object.</summary>
[TypeMeta("v1", "Status")]
public sealed partial class Status : ApiRoot
{
    /// <summary>What every list has.</summary>
    [Field(1)] public partial ListMeta Metadata { get; set; }

    /// <summary>Success or Failure.</summary>
    [Field(2, Name = "status")]
    public partial string Result { get; set; }

    /// <summary>What happened, for people.</summary>
    [Field(3)] public partial string Message { get; set; }

    /// <summary>Why it failed, in one word that clients switch on.</summary>
    [Field(4)] public partial string Reason { get; set; }

    /// <summary>What the failure is about.</summary>
    [Field(5)] public partial StatusDetails? Details { get; set; }

    /// <summary>The HTTP status code.</summary>
    [Field(6)] public partial int Code { get; set; }
}

/// <summary>What a failure is about.</summary>
public sealed partial class StatusDetails : ApiType
{
    /// <summary>The object's name.</summary>
    [Field(1)] public partial string Name { get; set; }

    /// <summary>The group of the kind.</summary>
    [Field(2)] public partial string Group { get; set; }

    /// <summary>The kind or resource.</summary>
    [Field(3)] public partial string Kind { get; set; }

    /// <summary>The object's uid.</summary>
    [Field(6)] public partial string Uid { get; set; }

    /// <summary>The single failures, where there are several.</summary>
    [Field(4)] public partial ApiList<StatusCause> Causes { get; set; }

    /// <summary>How long to wait before trying again, in seconds.</summary>
    [Field(5)] public partial int RetryAfterSeconds { get; set; }
}

/// <summary>One of several failures.</summary>
public sealed partial class StatusCause : ApiType
{
    /// <summary>Why it failed, in one word.</summary>
    [Field(1)] public partial string Reason { get; set; }

    /// <summary>Why it failed, for people.</summary>
    [Field(2)] public partial string Message { get; set; }

    /// <summary>The field that it is about.</summary>
    [Field(3)] public partial string Field { get; set; }
}
