using Minke.Api;
using Minke.Api.Core;

namespace Minke.Controllers.Nodes;

/// <summary>
/// The taints that follow from a node's conditions and from being cordoned (well-known taints of Kubernetes, "Taint Nodes by Condition"). Pure. Taints that
/// others set are left alone.
/// </summary>
public static class NodeTaints
{
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unreachable = "node.kubernetes.io/unreachable";
    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly (string Condition, string Taint)[] s_pressures =
    [
        ("MemoryPressure", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "node.kubernetes.io/network-unavailable"),
    ];

    /// <summary>The taints that the node ought to have; null when it has just those.</summary>
    public static IReadOnlyList<Taint>? Correct(Node node, DateTimeOffset now)
    {
        var wanted = Wanted(node);
        var kept = node.Spec.Taints.Where(taint => !IsOurs(taint) || wanted.Contains((taint.Key, taint.Effect))).ToList();
        var missing = wanted.Where(want => !kept.Exists(taint => taint.Key == want.Key && taint.Effect == want.Effect)).ToList();
        if (missing.Count == 0 && kept.Count == node.Spec.Taints.Count)
        {
            return null;
        }

        return
        [
            .. kept.Select(static taint => taint.Clone()),
            .. missing.Select(want => new Taint { Key = want.Key, Effect = want.Effect, TimeAdded = now }),
        ];
    }

    public static string ReadyStatus(Node node) => StatusOf(node, "Ready");

    private static HashSet<(string Key, string Effect)> Wanted(Node node)
    {
        HashSet<(string, string)> wanted = [];
        switch (ReadyStatus(node))
        {
            case "True":
                break;
            case "False":
                wanted.Add((NotReady, "NoSchedule"));
                wanted.Add((NotReady, "NoExecute"));
                break;
            case "Unknown":
                wanted.Add((Unreachable, "NoSchedule"));
                wanted.Add((Unreachable, "NoExecute"));
                break;
            default:
                // It has not said anything yet.
                wanted.Add((NotReady, "NoSchedule"));
                break;
        }

        foreach (var (condition, taint) in s_pressures)
        {
            if (StatusOf(node, condition) == "True")
            {
                wanted.Add((taint, "NoSchedule"));
            }
        }

        if (node.Spec.Unschedulable)
        {
            wanted.Add((Unschedulable, "NoSchedule"));
        }

        return wanted;
    }

    private static bool IsOurs(Taint taint) => taint.Effect switch
    {
        "NoExecute" => taint.Key is NotReady or Unreachable,
        "NoSchedule" => taint.Key is NotReady or Unreachable or Unschedulable || Array.Exists(s_pressures, pressure => pressure.Taint == taint.Key),
        _ => false,
    };

    private static string StatusOf(Node node, string condition)
    {
        foreach (var item in node.Status.Conditions)
        {
            if (item.Type == condition)
            {
                return item.Status;
            }
        }

        return "";
    }
}
