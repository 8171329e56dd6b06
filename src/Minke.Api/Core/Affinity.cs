using Minke.Api.Meta;

namespace Minke.Api.Core;

public sealed partial class Affinity : ApiType
{
    [Field(1)] public partial NodeAffinity? NodeAffinity { get; set; }

    [Field(2)] public partial PodAffinity? PodAffinity { get; set; }

    [Field(3)] public partial PodAntiAffinity? PodAntiAffinity { get; set; }
}

public sealed partial class NodeAffinity : ApiType
{
    [Field(1)] public partial NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    [Field(2)] public partial ApiList<PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

[Atomic]
public sealed partial class NodeSelector : ApiType
{
    [Field(1), Required]
    public partial ApiList<NodeSelectorTerm> NodeSelectorTerms { get; set; }
}

[Atomic]
public sealed partial class NodeSelectorTerm : ApiType
{
    [Field(1)] public partial ApiList<NodeSelectorRequirement> MatchExpressions { get; set; }

    [Field(2)] public partial ApiList<NodeSelectorRequirement> MatchFields { get; set; }
}

public sealed partial class NodeSelectorRequirement : ApiType
{
    [Field(1), Required]
    public partial string Key { get; set; }

    [Field(2), Required]
    public partial string Operator { get; set; }

    [Field(3)] public partial ApiList<string> Values { get; set; }
}

public sealed partial class PreferredSchedulingTerm : ApiType
{
    [Field(1), Required]
    public partial int Weight { get; set; }

    [Field(2), Required]
    public partial NodeSelectorTerm Preference { get; set; }
}

public sealed partial class PodAffinity : ApiType
{
    [Field(1)] public partial ApiList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    [Field(2)] public partial ApiList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

public sealed partial class PodAffinityTerm : ApiType
{
    [Field(1)] public partial LabelSelector? LabelSelector { get; set; }

    [Field(2)] public partial ApiList<string> Namespaces { get; set; }

    [Field(3), Required]
    public partial string TopologyKey { get; set; }

    [Field(4)] public partial LabelSelector? NamespaceSelector { get; set; }

    [Field(5)] public partial ApiList<string> MatchLabelKeys { get; set; }

    [Field(6)] public partial ApiList<string> MismatchLabelKeys { get; set; }
}

public sealed partial class WeightedPodAffinityTerm : ApiType
{
    [Field(1), Required]
    public partial int Weight { get; set; }

    [Field(2), Required]
    public partial PodAffinityTerm PodAffinityTerm { get; set; }
}

public sealed partial class PodAntiAffinity : ApiType
{
    [Field(1)] public partial ApiList<PodAffinityTerm> RequiredDuringSchedulingIgnoredDuringExecution { get; set; }

    [Field(2)] public partial ApiList<WeightedPodAffinityTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; set; }
}

public sealed partial class Toleration : ApiType
{
    [Field(1)] public partial string Key { get; set; }

    [Field(2)] public partial string Operator { get; set; }

    [Field(3)] public partial string Value { get; set; }

    [Field(4)] public partial string Effect { get; set; }

    [Field(5)] public partial long? TolerationSeconds { get; set; }
}

public sealed partial class TopologySpreadConstraint : ApiType
{
    [Field(1), Required]
    public partial int MaxSkew { get; set; }

    [Field(2), Required]
    public partial string TopologyKey { get; set; }

    [Field(3), Required]
    public partial string WhenUnsatisfiable { get; set; }

    [Field(4)] public partial LabelSelector? LabelSelector { get; set; }

    [Field(5)] public partial int? MinDomains { get; set; }

    [Field(6)] public partial string? NodeAffinityPolicy { get; set; }

    [Field(7)] public partial string? NodeTaintsPolicy { get; set; }

    [Field(8)] public partial ApiList<string> MatchLabelKeys { get; set; }
}
