using Minke.Api.Core;

namespace Minke.ApiServer.Tables;

/// <summary>The table of pods.</summary>
internal static class PodTable
{
    private static readonly RowCondition s_succeeded = new("Completed", "Succeeded", "Every container of the pod ended well.");
    private static readonly RowCondition s_failed = new("Completed", "Failed", "A container of the pod failed and the pod is over.");

    public static TablePrinter Printer { get; } = TablePrinter.For<Pod>(
        [
            TableColumn.NameColumn,
            new("Ready", "How many of the containers are ready."),
            new("Status", "The pod's phase, or what keeps it from running."),
            new("Restarts", "How often containers were restarted, and when last."),
            TableColumn.AgeColumn,
            new("IP", "The pod's address.", Priority: 1),
            new("Node", "Where the pod runs.", Priority: 1),
            new("Nominated Node", "Where room is being made for the pod.", Priority: 1),
            new("Readiness Gates", "How many of the extra conditions for readiness hold.", Priority: 1),
        ],
        WriteCells,
        pod => pod.Status.Phase switch
        {
            "Succeeded" => s_succeeded,
            "Failed" => s_failed,
            _ => null,
        });

    private static void WriteCells(TableRow row, Pod pod)
    {
        var summary = PodSummary.Of(pod);
        row.Name(pod);
        row.Text($"{summary.Ready}/{summary.Total}");
        row.Text(summary.Status);
        row.Text(summary is { Restarts: > 0, LastRestart: { } last }
            ? $"{summary.Restarts} ({HumanDuration.Since(last, row.Now)} ago)"
            : summary.Restarts.ToString(System.Globalization.CultureInfo.InvariantCulture));
        row.Age(pod);
        row.TextOrNone(pod.Status.PodIPs.Count > 0 ? pod.Status.PodIPs[0].Ip : pod.Status.PodIP);
        row.TextOrNone(pod.Spec.NodeName);
        row.TextOrNone(pod.Status.NominatedNodeName);
        row.TextOrNone(ReadinessGates(pod));
    }

    private static string ReadinessGates(Pod pod)
    {
        var gates = pod.Spec.ReadinessGates;
        return gates.Count == 0
            ? ""
            : $"{gates.Count(gate => pod.Status.Conditions.Any(c => c.Type == gate.ConditionType && c.Status == "True"))}/{gates.Count}";
    }
}
