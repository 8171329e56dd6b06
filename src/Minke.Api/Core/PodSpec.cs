namespace Minke.Api.Core;

public sealed partial class PodSpec : ApiType
{
    [Field(1), ListMap("name"), PatchMerge("name", RetainKeys = true)]
    public partial ApiList<Volume> Volumes { get; set; }

    [Field(20), ListMap("name"), PatchMerge("name")]
    public partial ApiList<Container> InitContainers { get; set; }

    [Field(2), Required, ListMap("name"), PatchMerge("name")]
    public partial ApiList<Container> Containers { get; set; }

    [Field(34), ListMap("name"), PatchMerge("name")]
    public partial ApiList<EphemeralContainer> EphemeralContainers { get; set; }

    [Field(3)] public partial string RestartPolicy { get; set; }

    [Field(4)] public partial long? TerminationGracePeriodSeconds { get; set; }

    [Field(5)] public partial long? ActiveDeadlineSeconds { get; set; }

    [Field(6)] public partial string DnsPolicy { get; set; }

    [Field(7), Atomic]
    public partial ApiMap<string> NodeSelector { get; set; }

    [Field(8)] public partial string ServiceAccountName { get; set; }

    [Field(9)] public partial string ServiceAccount { get; set; }

    [Field(21)] public partial bool? AutomountServiceAccountToken { get; set; }

    [Field(10)] public partial string NodeName { get; set; }

    [Field(11)] public partial bool HostNetwork { get; set; }

    [Field(12)] public partial bool HostPID { get; set; }

    [Field(13)] public partial bool HostIPC { get; set; }

    [Field(27)] public partial bool? ShareProcessNamespace { get; set; }

    [Field(14)] public partial PodSecurityContext? SecurityContext { get; set; }

    [Field(15), ListMap("name"), PatchMerge("name")]
    public partial ApiList<LocalObjectReference> ImagePullSecrets { get; set; }

    [Field(16)] public partial string Hostname { get; set; }

    [Field(17)] public partial string Subdomain { get; set; }

    [Field(18)] public partial Affinity? Affinity { get; set; }

    [Field(19)] public partial string SchedulerName { get; set; }

    [Field(22)] public partial ApiList<Toleration> Tolerations { get; set; }

    [Field(23), ListMap("ip"), PatchMerge("ip")]
    public partial ApiList<HostAlias> HostAliases { get; set; }

    [Field(24)] public partial string PriorityClassName { get; set; }

    [Field(25)] public partial int? Priority { get; set; }

    [Field(26)] public partial PodDNSConfig? DnsConfig { get; set; }

    [Field(28)] public partial ApiList<PodReadinessGate> ReadinessGates { get; set; }

    [Field(29)] public partial string? RuntimeClassName { get; set; }

    [Field(30)] public partial bool? EnableServiceLinks { get; set; }

    [Field(31)] public partial string? PreemptionPolicy { get; set; }

    [Field(32)] public partial ApiMap<Quantity> Overhead { get; set; }

    [Field(33), ListMap("topologyKey", "whenUnsatisfiable"), PatchMerge("topologyKey")]
    public partial ApiList<TopologySpreadConstraint> TopologySpreadConstraints { get; set; }

    [Field(35)] public partial bool? SetHostnameAsFQDN { get; set; }

    [Field(36)] public partial PodOS? Os { get; set; }

    [Field(37)] public partial bool? HostUsers { get; set; }

    [Field(38), ListMap("name"), PatchMerge("name")]
    public partial ApiList<PodSchedulingGate> SchedulingGates { get; set; }

    [Field(39), ListMap("name"), PatchMerge("name", RetainKeys = true)]
    public partial ApiList<PodResourceClaim> ResourceClaims { get; set; }

    [Field(40)] public partial ResourceRequirements? Resources { get; set; }

    [Field(41)] public partial string? HostnameOverride { get; set; }

    [Field(42)] public partial WorkloadReference? WorkloadRef { get; set; }
}

public sealed partial class PodOS : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }
}

public sealed partial class PodReadinessGate : ApiType
{
    [Field(1), Required]
    public partial string ConditionType { get; set; }
}

public sealed partial class PodSchedulingGate : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }
}

public sealed partial class HostAlias : ApiType
{
    [Field(1), Required]
    public partial string Ip { get; set; }

    [Field(2)] public partial ApiList<string> Hostnames { get; set; }
}

public sealed partial class PodDNSConfig : ApiType
{
    [Field(1)] public partial ApiList<string> Nameservers { get; set; }

    [Field(2)] public partial ApiList<string> Searches { get; set; }

    [Field(3)] public partial ApiList<PodDNSConfigOption> Options { get; set; }
}

public sealed partial class PodDNSConfigOption : ApiType
{
    [Field(1)] public partial string Name { get; set; }

    [Field(2)] public partial string? Value { get; set; }
}

public sealed partial class PodResourceClaim : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(3)] public partial string? ResourceClaimName { get; set; }

    [Field(4)] public partial string? ResourceClaimTemplateName { get; set; }
}

public sealed partial class WorkloadReference : ApiType
{
    [Field(1), Required]
    public partial string Name { get; set; }

    [Field(2), Required]
    public partial string PodGroup { get; set; }

    [Field(3)] public partial string PodGroupReplicaKey { get; set; }
}
