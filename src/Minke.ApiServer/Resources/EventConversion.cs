using Minke.Api;
using CoreEvent = Minke.Api.Core.Event;
using CoreSeries = Minke.Api.Core.EventSeries;
using EventsEvent = Minke.Api.Events.Event;
using EventsSeries = Minke.Api.Events.EventSeries;

namespace Minke.ApiServer.Resources;

/// <summary>
/// Events have two forms, <c>v1</c> and <c>events.k8s.io/v1</c>, of one stored object, which is in the first. The fields correspond one to
/// one under other names (KEP-383).
/// </summary>
internal static class EventConversion
{
    public static EventsEvent ToEvents(CoreEvent item)
    {
        var from = item.Clone();
        return new EventsEvent
        {
            Metadata = from.Metadata,
            EventTime = from.EventTime,
            Series = from.Series is { } series ? new EventsSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
            ReportingController = from.ReportingComponent,
            ReportingInstance = from.ReportingInstance,
            Action = from.Action,
            Reason = from.Reason,
            Regarding = from.InvolvedObject,
            Related = from.Related,
            Note = from.Message,
            Type = from.Type,
            DeprecatedSource = from.Source,
            DeprecatedFirstTimestamp = from.FirstTimestamp,
            DeprecatedLastTimestamp = from.LastTimestamp,
            DeprecatedCount = from.Count,
        };
    }

    public static CoreEvent ToCore(EventsEvent item)
    {
        var from = item.Clone();
        return new CoreEvent
        {
            Metadata = from.Metadata,
            EventTime = from.EventTime,
            Series = from.Series is { } series ? new CoreSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
            ReportingComponent = from.ReportingController,
            ReportingInstance = from.ReportingInstance,
            Action = from.Action,
            Reason = from.Reason,
            InvolvedObject = from.Regarding,
            Related = from.Related,
            Message = from.Note,
            Type = from.Type,
            Source = from.DeprecatedSource,
            FirstTimestamp = from.DeprecatedFirstTimestamp,
            LastTimestamp = from.DeprecatedLastTimestamp,
            Count = from.DeprecatedCount,
        };
    }
}
