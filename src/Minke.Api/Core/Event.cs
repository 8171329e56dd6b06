namespace Minke.Api.Core;

[Kind("events", ShortNames = ["ev"])]
public sealed partial class Event : ApiObject
{
    [Field(2), Required]
    public partial ObjectReference InvolvedObject { get; set; }

    [Field(3)] public partial string Reason { get; set; }

    [Field(4)] public partial string Message { get; set; }

    [Field(5)] public partial EventSource Source { get; set; }

    [Field(6, WriteEmpty = true)]
    public partial DateTimeOffset? FirstTimestamp { get; set; }

    [Field(7, WriteEmpty = true)]
    public partial DateTimeOffset? LastTimestamp { get; set; }

    [Field(8)] public partial int Count { get; set; }

    [Field(9)] public partial string Type { get; set; }

    [Field(10, WriteEmpty = true)]
    public partial MicroTime? EventTime { get; set; }

    [Field(11)] public partial EventSeries? Series { get; set; }

    [Field(12)] public partial string Action { get; set; }

    [Field(13)] public partial ObjectReference? Related { get; set; }

    [Field(14), Required]
    public partial string ReportingComponent { get; set; }

    [Field(15), Required]
    public partial string ReportingInstance { get; set; }
}

public sealed partial class EventSource : ApiType
{
    [Field(1)] public partial string Component { get; set; }

    [Field(2)] public partial string Host { get; set; }
}

public sealed partial class EventSeries : ApiType
{
    [Field(1)] public partial int Count { get; set; }

    [Field(2, WriteEmpty = true)]
    public partial MicroTime? LastObservedTime { get; set; }
}
