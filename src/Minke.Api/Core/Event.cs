namespace Minke.Api.Core;

/// <summary>Something that happened to an object.</summary>
[Kind("events", ShortNames = ["ev"])]
public sealed partial class Event : ApiObject
{
    /// <summary>The object that it is about.</summary>
    [Field(2), Required]
    public partial ObjectReference InvolvedObject { get; set; }

    /// <summary>What happened, in one word.</summary>
    [Field(3)] public partial string Reason { get; set; }

    /// <summary>What happened, for people.</summary>
    [Field(4)] public partial string Message { get; set; }

    /// <summary>Who reports it.</summary>
    [Field(5)] public partial EventSource Source { get; set; }

    /// <summary>When it was first seen.</summary>
    [Field(6, WriteEmpty = true)]
    public partial DateTimeOffset? FirstTimestamp { get; set; }

    /// <summary>When it was last seen.</summary>
    [Field(7, WriteEmpty = true)]
    public partial DateTimeOffset? LastTimestamp { get; set; }

    /// <summary>How often it was seen.</summary>
    [Field(8)] public partial int Count { get; set; }

    /// <summary>Normal or Warning.</summary>
    [Field(9)] public partial string Type { get; set; }

    /// <summary>When it was first seen, with microseconds.</summary>
    [Field(10, WriteEmpty = true)]
    public partial MicroTime? EventTime { get; set; }

    /// <summary>How it goes on, if it happens again and again.</summary>
    [Field(11)] public partial EventSeries? Series { get; set; }

    /// <summary>What was done, or failed.</summary>
    [Field(12)] public partial string Action { get; set; }

    /// <summary>A second object that plays a part.</summary>
    [Field(13)] public partial ObjectReference? Related { get; set; }

    /// <summary>The name of who reports it.</summary>
    [Field(14), Required]
    public partial string ReportingComponent { get; set; }

    /// <summary>Which instance of the reporter.</summary>
    [Field(15), Required]
    public partial string ReportingInstance { get; set; }
}

/// <summary>Who reports an event.</summary>
public sealed partial class EventSource : ApiType
{
    /// <summary>The program.</summary>
    [Field(1)] public partial string Component { get; set; }

    /// <summary>The node.</summary>
    [Field(2)] public partial string Host { get; set; }
}

/// <summary>How an event goes on.</summary>
public sealed partial class EventSeries : ApiType
{
    /// <summary>How often it was seen.</summary>
    [Field(1)] public partial int Count { get; set; }

    /// <summary>When it was last seen.</summary>
    [Field(2, WriteEmpty = true)]
    public partial MicroTime? LastObservedTime { get; set; }
}
