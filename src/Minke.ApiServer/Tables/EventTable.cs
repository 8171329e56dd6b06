using Minke.Api.Core;

namespace Minke.ApiServer.Tables;

/// <summary>The table of events, of either API group.</summary>
internal static class EventTable
{
    public static TablePrinter Printer { get; } = TablePrinter.For<Event>(
        [
            new("Last Seen", "The time since the event happened last."),
            new("Type", "Normal or Warning."),
            new("Reason", "Why, in one word."),
            new("Object", "What the event is about."),
            new("Subobject", "The part of the object that it is about.", Priority: 1),
            new("Source", "Who reported it.", Priority: 1),
            new("Message", "What happened."),
            new("First Seen", "The time since the event happened first.", Priority: 1),
            new("Count", "How often it happened.", "integer", Priority: 1),
            new("Name", "The event's own name.", Priority: 1),
        ],
        WriteCells);

    private static void WriteCells(TableRow row, Event item)
    {
        var eventTime = item.EventTime?.Value;
        var last = item.Series?.LastObservedTime?.Value ?? item.LastTimestamp ?? eventTime;
        row.Age(last);
        row.Text(item.Type);
        row.Text(item.Reason);
        row.Text(item.InvolvedObject.Name.Length == 0
            ? item.InvolvedObject.Kind.ToLowerInvariant()
            : $"{item.InvolvedObject.Kind.ToLowerInvariant()}/{item.InvolvedObject.Name}");
        row.Text(item.InvolvedObject.FieldPath);
        row.Text(SourceOf(item));
        row.Text(item.Message.Trim());
        row.Age(item.FirstTimestamp ?? eventTime);
        row.Number(item.Series?.Count ?? Math.Max(item.Count, 1));
        row.Text(item.Metadata.Name);
    }

    private static string SourceOf(Event item)
    {
        var (component, instance) = item.Source.Component.Length > 0
            ? (item.Source.Component, item.Source.Host)
            : (item.ReportingComponent, item.ReportingInstance);
        return instance.Length == 0 ? component : $"{component}, {instance}";
    }
}
