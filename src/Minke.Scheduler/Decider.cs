using System.Globalization;

namespace Minke.Scheduler;

/// <summary>
/// The decision where a pod goes: filters say which nodes can take it, scores compare those. It has no state but where it last began to look, so that
/// ties and large clusters are served in turn; everything else is in its arguments.
/// </summary>
public sealed class Decider
{
    /// <summary>In a large cluster the search stops when this many nodes can take the pod, or a share of the nodes if that is more.</summary>
    private const int EnoughCandidates = 100;

    private static readonly IFilter[] s_filters =
    [
        new NodeUnschedulableFilter(),
        new NodeNameFilter(),
        new TaintFilter(),
        new NodeAffinityFilter(),
        new PortsFilter(),
        new ResourcesFilter(),
    ];

    private static readonly IScore[] s_scores =
    [
        new LeastAllocatedScore(), new BalancedAllocationScore(), new TaintScore(), new NodeAffinityScore(), new OwnerSpreadScore(),
    ];

    private int _start;

    public Outcome Decide(IReadOnlyList<NodeModel> nodes, PodModel pod)
    {
        if (UnsupportedRequirements.Find(pod.Pod.Spec) is { } unsupported)
        {
            return new Outcome.Unschedulable($"{Available(nodes.Count)}: {unsupported}.", ClusterChange.PodChanged);
        }

        if (nodes.Count == 0)
        {
            return new Outcome.Unschedulable("no nodes available to schedule pods", ClusterChange.NodeAdded);
        }

        var refusals = new Refusals();
        var candidates = FindCandidates(nodes, pod, refusals);
        return candidates.Count == 0
            ? new Outcome.Unschedulable($"{Available(nodes.Count)}: {refusals}.", refusals.WokenBy)
            : new Outcome.Placed(Best(candidates, pod).Name);
    }

    private List<NodeModel> FindCandidates(IReadOnlyList<NodeModel> nodes, PodModel pod, Refusals refusals)
    {
        var filters = Array.FindAll(s_filters, filter => filter.Concerns(pod));
        var enough = EnoughOf(nodes.Count);
        var candidates = new List<NodeModel>(Math.Min(enough, nodes.Count));
        var examined = 0;
        for (; examined < nodes.Count && candidates.Count < enough; examined++)
        {
            var node = nodes[(_start + examined) % nodes.Count];
            if (!IsRefused(filters, pod, node, refusals))
            {
                candidates.Add(node);
            }
        }

        // When every node was looked at, one step on, so that equal nodes are taken in turn.
        _start = (_start + (examined == nodes.Count ? 1 : examined)) % nodes.Count;
        return candidates;
    }

    private static bool IsRefused(IFilter[] filters, PodModel pod, NodeModel node, Refusals refusals)
    {
        foreach (var filter in filters)
        {
            if (filter.Refuse(pod, node) is { } reasons)
            {
                refusals.Add(filter, reasons);
                return true;
            }
        }

        return false;
    }

    private static NodeModel Best(List<NodeModel> candidates, PodModel pod)
    {
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        var totals = new long[candidates.Count];
        var scores = new long[candidates.Count];
        foreach (var score in s_scores)
        {
            if (!score.Concerns(pod))
            {
                continue;
            }

            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = score.Raw(pod, candidates[i]);
            }

            score.Normalize(scores);
            for (var i = 0; i < scores.Length; i++)
            {
                totals[i] += score.Weight * scores[i];
            }
        }

        var best = 0;
        for (var i = 1; i < totals.Length; i++)
        {
            best = totals[i] > totals[best] ? i : best;
        }

        return candidates[best];
    }

    /// <summary>All of a small cluster; of a large one a share that falls from 50 % to 5 % as it grows.</summary>
    private static int EnoughOf(int nodes)
    {
        var percent = Math.Max(5, 50 - (nodes / 125));
        return nodes <= EnoughCandidates ? nodes : Math.Max(EnoughCandidates, (int)((long)nodes * percent / 100));
    }

    private static string Available(int nodes) => string.Create(CultureInfo.InvariantCulture, $"0/{nodes} nodes are available");

    /// <summary>Why nodes were refused, counted by reason.</summary>
    private sealed class Refusals
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        public ClusterChange WokenBy { get; private set; }

        public void Add(IFilter filter, IReadOnlyList<string> reasons)
        {
            WokenBy |= filter.WokenBy;
            foreach (var reason in reasons)
            {
                _counts[reason] = _counts.GetValueOrDefault(reason) + 1;
            }
        }

        public override string ToString() => string.Join(
            ", ", _counts.Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key}")).Order(StringComparer.Ordinal));
    }
}
