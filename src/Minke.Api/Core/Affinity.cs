using Minke.Api.Meta;

namespace Minke.Api.Core;

/// <summary>What attracts a pod to nodes, or keeps it away.</summary>
public sealed partial class Affinity : ApiType
{
    /// <summary>Rules about nodes.</summary>
    [Field(1)] public partial NodeAffinity? NodeAffinity { get; set; }

    /// <summary>Rules for being near other pods.</summary>
    [Field(2)] public partial PodAffinity? PodAffinity { get; set; }

    /// <summary>Rules for being apart from other pods.</summary>
    [Field(3)] public partial PodAntiAffinity? PodAntiAffinity { get; set; }
}

/// <summary>Rules about nodes.</summary>
public sealed partial class NodeAffinity : ApiType
{
    /// <summary>What a node must be like.</summary>
    [Field(1)] public partial NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>What nodes are better, with weights.</summary>
    [Field(2)] public partial ApiList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>Which nodes are meant: those that match any of the terms.</summary>
[Atomic]
public sealed partial class NodeSelector : ApiType
{
    /// <summary>The terms.</summary>
    [Field(1), Required]
    public partial ApiList<NodeSelectorTerm> NodeSelectorTerms { get; set; }
}

/// <summary>Requirements that must all be met.</summary>
[Atomic]
public sealed partial class NodeSelectorTerm : ApiType
{
    /// <summary>Requirements on the node's labels.</summary>
    [Field(1)] public partial ApiList<NodeSelectorRequirement> MatchExpressions { get; set; }

    /// <summary>Requirements on the node's fields.</summary>
    [Field(2)] public partial ApiList<NodeSelectorRequirement> MatchFields { get; set; }
}

/// <summary>A requirement on one label or field.</summary>
public sealed partial class NodeSelectorRequirement : ApiType
{
    /// <summary>The label or field.</summary>
    [Field(1), Required]
    public partial string Key { get; set; }

    /// <summary>In, NotIn, Exists, DoesNotExist, Gt or Lt.</summary>
    [Field(2), Required]
    public partial string Operator { get; set; }

    /// <summary>What it is compared with.</summary>
    [Field(3)] public partial ApiList<string> Values { get; set; }
}

/// <summary>A preference with a weight.</summary>
public sealed partial class PreferredSchedulingTerm : ApiType
{
    /// <summary>How much it counts, from 1 to 100.</summary>
    [Field(1), Required]
    public partial int Weight { get; set; }

    /// <summary>The nodes that are preferred.</summary>
    [Field(2), Required]
    public partial NodeSelectorTerm Preference { get; set; }
}

/// <summary>Rules for being near other pods.</summary>
public sealed partial class PodAffinity : ApiType
{
    /// <summary>Pods that must be near.</summary>
    [Field(1)] public partial ApiList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Pods that are better near, with weights.</summary>
    [Field(2)] public partial ApiList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>Which pods are meant, and what near means.</summary>
public sealed partial class PodAffinityTerm : ApiType
{
    /// <summary>The labels of the pods.</summary>
    [Field(1)] public partial LabelSelector? LabelSelector { get; set; }

    /// <summary>The namespaces of the pods; the own one when none is given.</summary>
    [Field(2)] public partial ApiList<string> Namespaces { get; set; }

    /// <summary>The node label whose value near nodes share.</summary>
    [Field(3), Required]
    public partial string TopologyKey { get; set; }

    /// <summary>The labels of the pods' namespaces.</summary>
    [Field(4)] public partial LabelSelector? NamespaceSelector { get; set; }

    /// <summary>Label keys whose values the pods must share with this one.</summary>
    [Field(5)] public partial ApiList<string> MatchLabelKeys { get; set; }

    /// <summary>Label keys whose values the pods must not share with this one.</summary>
    [Field(6)] public partial ApiList<string> MismatchLabelKeys { get; set; }
}

/// <summary>A preference about other pods with a weight.</summary>
public sealed partial class WeightedPodAffinityTerm : ApiType
{
    /// <summary>How much it counts, from 1 to 100.</summary>
    [Field(1), Required]
    public partial int Weight { get; set; }

    /// <summary>The pods that are meant.</summary>
    [Field(2), Required]
    public partial PodAffinityTerm PodAffinityTerm { get; set; }
}

/// <summary>Rules for being apart from other pods.</summary>
public sealed partial class PodAntiAffinity : ApiType
{
    /// <summary>Pods that must not be near.</summary>
    [Field(1)] public partial ApiList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    /// <summary>Pods that are better not near, with weights.</summary>
    [Field(2)] public partial ApiList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

/// <summary>A taint that does not keep the pod away.</summary>
public sealed partial class Toleration : ApiType
{
    /// <summary>The taint's key; any when left out.</summary>
    [Field(1)] public partial string Key { get; set; }

    /// <summary>How the value is compared: Equal, Exists, Lt or Gt.</summary>
    [Field(2)] public partial string Operator { get; set; }

    /// <summary>The taint's value.</summary>
    [Field(3)] public partial string Value { get; set; }

    /// <summary>The taint's effect; any when left out.</summary>
    [Field(4)] public partial string Effect { get; set; }

    /// <summary>For NoExecute: how long the pod may stay; for ever when left out.</summary>
    [Field(5)] public partial long? TolerationSeconds { get; set; }
}

/// <summary>How pods are spread over parts of the cluster.</summary>
public sealed partial class TopologySpreadConstraint : ApiType
{
    /// <summary>How much the fullest and the emptiest part may differ.</summary>
    [Field(1), Required]
    public partial int MaxSkew { get; set; }

    /// <summary>The node label that tells the part.</summary>
    [Field(2), Required]
    public partial string TopologyKey { get; set; }

    /// <summary>What to do when it cannot be kept: DoNotSchedule or ScheduleAnyway.</summary>
    [Field(3), Required]
    public partial string WhenUnsatisfiable { get; set; }

    /// <summary>The pods that are counted.</summary>
    [Field(4)] public partial LabelSelector? LabelSelector { get; set; }

    /// <summary>How many parts there should be at least.</summary>
    [Field(5)] public partial int? MinDomains { get; set; }

    /// <summary>Whether only nodes that the pod may run on count: Honor or Ignore.</summary>
    [Field(6)] public partial string? NodeAffinityPolicy { get; set; }

    /// <summary>Whether tainted nodes are left out: Honor or Ignore.</summary>
    [Field(7)] public partial string? NodeTaintsPolicy { get; set; }

    /// <summary>Label keys whose values counted pods must share with this one.</summary>
    [Field(8)] public partial ApiList<string> MatchLabelKeys { get; set; }
}
