using Minke.Api.Core;

namespace Minke.Api.Events;

[Kind("events", Entry = "EventsEvent", ShortNames = ["ev"])]
public sealed partial class Event : ApiObject
{
    [Field(2, WriteEmpty = true), Required]
    public partial MicroTime? EventTime { get; set; }

    [Field(3)] public partial EventSeries? Series { get; set; }

    [Field(4)] public partial string ReportingController { get; set; }

    [Field(5)] public partial string ReportingInstance { get; set; }

    [Field(6)] public partial string Action { get; set; }

    [Field(7)] public partial string Reason { get; set; }

    [Field(8)] public partial ObjectReference Regarding { get; set; }

    [Field(9)] public partial ObjectReference? Related { get; set; }

    [Field(10)] public partial string Note { get; set; }

    [Field(11)] public partial string Type { get; set; }

    [Field(12)] public partial EventSource DeprecatedSource { get; set; }

    [Field(13, WriteEmpty = true)]
    public partial DateTimeOffset? DeprecatedFirstTimestamp { get; set; }

    [Field(14, WriteEmpty = true)]
    public partial DateTimeOffset? DeprecatedLastTimestamp { get; set; }

    [Field(15)] public partial int DeprecatedCount { get; set; }
}

public sealed partial class EventSeries : ApiType
{
    [Field(1), Required]
    public partial int Count { get; set; }

    [Field(2, WriteEmpty = true), Required]
    public partial MicroTime? LastObservedTime { get; set; }
}
