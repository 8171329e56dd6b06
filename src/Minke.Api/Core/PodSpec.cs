namespace Minke.Api.Core;

/// <summary>What a pod should run, and how.</summary>
public sealed partial class PodSpec : ApiType
{
    /// <summary>Volumes that the containers may mount.</summary>
    [Field(1), ListMap("name"), PatchMerge("name", RetainKeys = true)]
    public partial ApiList<Volume> Volumes { get; set; }

    /// <summary>Containers that run to completion, one after the other, before the others start; sidecars among them keep running.</summary>
    [Field(20), ListMap("name"), PatchMerge("name")]
    public partial ApiList<Container> InitContainers { get; set; }

    /// <summary>The containers of the pod; at least one.</summary>
    [Field(2), Required, ListMap("name"), PatchMerge("name")]
    public partial ApiList<Container> Containers { get; set; }

    /// <summary>Containers added for a time to a running pod, for debugging.</summary>
    [Field(34), ListMap("name"), PatchMerge("name")]
    public partial ApiList<EphemeralContainer> EphemeralContainers { get; set; }

    /// <summary>When ended containers are started again: Always, OnFailure or Never.</summary>
    [Field(3)] public partial string RestartPolicy { get; set; }

    /// <summary>How long the containers may take to end after TERM, in seconds, before they are killed.</summary>
    [Field(4)] public partial long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>How long the pod may be active, in seconds, before it is ended as failed.</summary>
    [Field(5)] public partial long? ActiveDeadlineSeconds { get; set; }

    /// <summary>Where the pod's DNS settings come from: ClusterFirst, ClusterFirstWithHostNet, Default or None.</summary>
    [Field(6)] public partial string DnsPolicy { get; set; }

    /// <summary>Labels that a node must have to run the pod.</summary>
    [Field(7), Atomic]
    public partial ApiMap<string> NodeSelector { get; set; }

    /// <summary>The service account that the pod runs as.</summary>
    [Field(8)] public partial string ServiceAccountName { get; set; }

    /// <summary>Older name of serviceAccountName.</summary>
    [Field(9)] public partial string ServiceAccount { get; set; }

    /// <summary>Whether a token of the service account is mounted into the containers.</summary>
    [Field(21)] public partial bool? AutomountServiceAccountToken { get; set; }

    /// <summary>The node that runs the pod; set by the scheduler.</summary>
    [Field(10)] public partial string NodeName { get; set; }

    /// <summary>Use the node's network instead of an own one.</summary>
    [Field(11)] public partial bool HostNetwork { get; set; }

    /// <summary>Use the node's process namespace.</summary>
    [Field(12)] public partial bool HostPID { get; set; }

    /// <summary>Use the node's IPC namespace.</summary>
    [Field(13)] public partial bool HostIPC { get; set; }

    /// <summary>Let the containers see each other's processes.</summary>
    [Field(27)] public partial bool? ShareProcessNamespace { get; set; }

    /// <summary>Security settings for the whole pod.</summary>
    [Field(14)] public partial PodSecurityContext? SecurityContext { get; set; }

    /// <summary>Secrets with the credentials for pulling the images.</summary>
    [Field(15), ListMap("name"), PatchMerge("name")]
    public partial ApiList<LocalObjectReference> ImagePullSecrets { get; set; }

    /// <summary>The pod's host name; the pod's name when left out.</summary>
    [Field(16)] public partial string Hostname { get; set; }

    /// <summary>With it, the pod's full name is hostname.subdomain.namespace.svc.domain.</summary>
    [Field(17)] public partial string Subdomain { get; set; }

    /// <summary>Rules that attract the pod to nodes or to other pods, or keep it away.</summary>
    [Field(18)] public partial Affinity? Affinity { get; set; }

    /// <summary>The scheduler that places the pod.</summary>
    [Field(19)] public partial string SchedulerName { get; set; }

    /// <summary>Taints that do not keep the pod away from a node.</summary>
    [Field(22)] public partial ApiList<Toleration> Tolerations { get; set; }

    /// <summary>Lines added to the pod's hosts file.</summary>
    [Field(23), ListMap("ip"), PatchMerge("ip")]
    public partial ApiList<HostAlias> HostAliases { get; set; }

    /// <summary>The class that gives the pod its priority.</summary>
    [Field(24)] public partial string PriorityClassName { get; set; }

    /// <summary>How important the pod is; higher ones may displace lower ones.</summary>
    [Field(25)] public partial int? Priority { get; set; }

    /// <summary>DNS settings added to those of dnsPolicy.</summary>
    [Field(26)] public partial PodDNSConfig? DnsConfig { get; set; }

    /// <summary>Conditions that must be true, beside ready containers, for the pod to be ready.</summary>
    [Field(28)] public partial ApiList<PodReadinessGate> ReadinessGates { get; set; }

    /// <summary>The runtime class that runs the pod.</summary>
    [Field(29)] public partial string? RuntimeClassName { get; set; }

    /// <summary>Whether services are told to the containers in environment variables.</summary>
    [Field(30)] public partial bool? EnableServiceLinks { get; set; }

    /// <summary>Whether the pod may displace pods of lower priority: PreemptLowerPriority or Never.</summary>
    [Field(31)] public partial string? PreemptionPolicy { get; set; }

    /// <summary>Resources that the pod itself takes, beside its containers.</summary>
    [Field(32)] public partial ApiMap<Quantity> Overhead { get; set; }

    /// <summary>How pods like this one are to be spread over nodes and zones.</summary>
    [Field(33), ListMap("topologyKey", "whenUnsatisfiable"), PatchMerge("topologyKey")]
    public partial ApiList<TopologySpreadConstraint> TopologySpreadConstraints { get; set; }

    /// <summary>Make the kernel's host name the full name.</summary>
    [Field(35)] public partial bool? SetHostnameAsFQDN { get; set; }

    /// <summary>The operating system that the containers are made for.</summary>
    [Field(36)] public partial PodOS? Os { get; set; }

    /// <summary>Use the node's user namespace; false gives the pod an own one.</summary>
    [Field(37)] public partial bool? HostUsers { get; set; }

    /// <summary>What must be removed before the pod is scheduled.</summary>
    [Field(38), ListMap("name"), PatchMerge("name")]
    public partial ApiList<PodSchedulingGate> SchedulingGates { get; set; }

    /// <summary>Claims for devices that must be allocated before the pod starts.</summary>
    [Field(39), ListMap("name"), PatchMerge("name", RetainKeys = true)]
    public partial ApiList<PodResourceClaim> ResourceClaims { get; set; }

    /// <summary>Resources for all containers together.</summary>
    [Field(40)] public partial ResourceRequirements? Resources { get; set; }

    /// <summary>The host name as the pod sees it, whatever the other settings say.</summary>
    [Field(41)] public partial string? HostnameOverride { get; set; }

    /// <summary>The workload and pod group that the pod is scheduled with.</summary>
    [Field(42)] public partial WorkloadReference? WorkloadRef { get; set; }
}

/// <summary>An operating system.</summary>
public sealed partial class PodOS : ApiType
{
    /// <summary>linux or windows.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }
}

/// <summary>A condition that counts for readiness.</summary>
public sealed partial class PodReadinessGate : ApiType
{
    /// <summary>The type of the condition.</summary>
    [Field(1), Required]
    public partial string ConditionType { get; set; }
}

/// <summary>Something that holds back scheduling.</summary>
public sealed partial class PodSchedulingGate : ApiType
{
    /// <summary>The name of the gate.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }
}

/// <summary>A line of a hosts file.</summary>
public sealed partial class HostAlias : ApiType
{
    /// <summary>The address.</summary>
    [Field(1), Required]
    public partial string Ip { get; set; }

    /// <summary>The names for it.</summary>
    [Field(2)] public partial ApiList<string> Hostnames { get; set; }
}

/// <summary>Settings for a pod's resolver.</summary>
public sealed partial class PodDNSConfig : ApiType
{
    /// <summary>Addresses of name servers.</summary>
    [Field(1)] public partial ApiList<string> Nameservers { get; set; }

    /// <summary>Domains in which short names are looked up.</summary>
    [Field(2)] public partial ApiList<string> Searches { get; set; }

    /// <summary>Options of the resolver.</summary>
    [Field(3)] public partial ApiList<PodDNSConfigOption> Options { get; set; }
}

/// <summary>An option of a resolver.</summary>
public sealed partial class PodDNSConfigOption : ApiType
{
    /// <summary>The name of the option.</summary>
    [Field(1)] public partial string Name { get; set; }

    /// <summary>Its value, if it has one.</summary>
    [Field(2)] public partial string? Value { get; set; }
}

/// <summary>A claim for devices that containers may refer to.</summary>
public sealed partial class PodResourceClaim : ApiType
{
    /// <summary>The name by which containers refer to the claim.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>An existing claim of the namespace.</summary>
    [Field(3)] public partial string? ResourceClaimName { get; set; }

    /// <summary>A template from which a claim is made for this pod alone.</summary>
    [Field(4)] public partial string? ResourceClaimTemplateName { get; set; }
}

/// <summary>The workload that a pod belongs to.</summary>
public sealed partial class WorkloadReference : ApiType
{
    /// <summary>The workload's name.</summary>
    [Field(1), Required]
    public partial string Name { get; set; }

    /// <summary>The pod group within the workload.</summary>
    [Field(2), Required]
    public partial string PodGroup { get; set; }

    /// <summary>Which replica of the pod group, where there are several.</summary>
    [Field(3)] public partial string PodGroupReplicaKey { get; set; }
}
