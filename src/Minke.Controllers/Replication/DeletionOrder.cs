using System.Globalization;
using Minke.Api.Core;

namespace Minke.Controllers.Replication;

/// <summary>
/// Which pods go first when there are too many, as kube-controller-manager orders them: not on a node, pending, not ready, cheap by their
/// <c>controller.kubernetes.io/pod-deletion-cost</c>, doubled up on a node, ready or made only recently, often restarted.
/// </summary>
public sealed class DeletionOrder : IComparer<Pod>
{
    private const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    private readonly Dictionary<string, int> _perNode;
    private readonly DateTimeOffset _now;

    /// <param name="pods">All active pods of the controller; they tell which nodes hold several.</param>
    public DeletionOrder(IEnumerable<Pod> pods, DateTimeOffset now)
    {
        _now = now;
        _perNode = pods.CountBy(static pod => pod.Spec.NodeName).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Negative when <paramref name="x"/> goes first.</summary>
    public int Compare(Pod? x, Pod? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return First(
            (x.Spec.NodeName.Length > 0).CompareTo(y.Spec.NodeName.Length > 0),
            PhaseRank(x).CompareTo(PhaseRank(y)),
            PodFacts.IsReady(x).CompareTo(PodFacts.IsReady(y)),
            Cost(x).CompareTo(Cost(y)),
            _perNode.GetValueOrDefault(y.Spec.NodeName).CompareTo(_perNode.GetValueOrDefault(x.Spec.NodeName)),
            AgeRank(PodFacts.ReadySince(x)).CompareTo(AgeRank(PodFacts.ReadySince(y))),
            PodFacts.MaxRestarts(y).CompareTo(PodFacts.MaxRestarts(x)),
            AgeRank(x.Metadata.CreationTimestamp).CompareTo(AgeRank(y.Metadata.CreationTimestamp)),
            string.CompareOrdinal(x.Metadata.Uid, y.Metadata.Uid));
    }

    private static int First(params ReadOnlySpan<int> orders)
    {
        foreach (var order in orders)
        {
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int PhaseRank(Pod pod) => pod.Status.Phase switch
    {
        "Running" => 2,
        "Unknown" => 1,
        _ => 0,
    };

    private static int Cost(Pod pod) =>
        pod.Metadata.Annotations.TryGetValue(CostAnnotation, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    /// <summary>Ages count by powers of two (KEP-2185), so that pods of about one age are chosen among without preference.</summary>
    private int AgeRank(DateTimeOffset? since)
    {
        if (since is not { } start)
        {
            return -1;
        }

        var seconds = (_now - start).TotalSeconds;
        return seconds < 1 ? 0 : 1 + (int)Math.Log2(seconds);
    }
}
