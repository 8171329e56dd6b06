using Minke.Api.Core;

namespace Minke.Api.Events;

/// <summary>Something that happened to an object.</summary>
[Kind("events", Entry = "EventsEvent", ShortNames = ["ev"])]
public sealed partial class Event : ApiObject
{
    /// <summary>When it was first seen.</summary>
    [Field(2, WriteEmpty = true), Required]
    public partial MicroTime? EventTime { get; set; }

    /// <summary>How it goes on, if it happens again and again.</summary>
    [Field(3)] public partial EventSeries? Series { get; set; }

    /// <summary>The name of who reports it.</summary>
    [Field(4)] public partial string ReportingController { get; set; }

    /// <summary>Which instance of the reporter.</summary>
    [Field(5)] public partial string ReportingInstance { get; set; }

    /// <summary>What was done, or failed.</summary>
    [Field(6)] public partial string Action { get; set; }

    /// <summary>Why it was done, in one word.</summary>
    [Field(7)] public partial string Reason { get; set; }

    /// <summary>The object that it is about.</summary>
    [Field(8)] public partial ObjectReference Regarding { get; set; }

    /// <summary>A second object that plays a part.</summary>
    [Field(9)] public partial ObjectReference? Related { get; set; }

    /// <summary>What happened, for people.</summary>
    [Field(10)] public partial string Note { get; set; }

    /// <summary>Normal or Warning.</summary>
    [Field(11)] public partial string Type { get; set; }

    /// <summary>Who reports it, in the older form.</summary>
    [Field(12)] public partial EventSource DeprecatedSource { get; set; }

    /// <summary>When it was first seen, in the older form.</summary>
    [Field(13, WriteEmpty = true)]
    public partial DateTimeOffset? DeprecatedFirstTimestamp { get; set; }

    /// <summary>When it was last seen, in the older form.</summary>
    [Field(14, WriteEmpty = true)]
    public partial DateTimeOffset? DeprecatedLastTimestamp { get; set; }

    /// <summary>How often it was seen, in the older form.</summary>
    [Field(15)] public partial int DeprecatedCount { get; set; }
}

/// <summary>How an event goes on.</summary>
public sealed partial class EventSeries : ApiType
{
    /// <summary>How often it was seen.</summary>
    [Field(1), Required]
    public partial int Count { get; set; }

    /// <summary>When it was last seen.</summary>
    [Field(2, WriteEmpty = true), Required]
    public partial MicroTime? LastObservedTime { get; set; }
}
