namespace Minke.Node.Containers;

/// <summary>The labels and annotations that sandboxes and containers carry in the runtime: the kubelet's, so that crictl and other tools know them, and a few of ours.</summary>
public static class RuntimeLabels
{
    public const string PodName = "io.kubernetes.pod.name";
    public const string PodNamespace = "io.kubernetes.pod.namespace";
    public const string PodUid = "io.kubernetes.pod.uid";
    public const string ContainerName = "io.kubernetes.container.name";

    public const string Hash = "io.kubernetes.container.hash";
    public const string RestartCount = "io.kubernetes.container.restartCount";
    public const string TerminationMessagePath = "io.kubernetes.container.terminationMessagePath";
    public const string TerminationMessagePolicy = "io.kubernetes.container.terminationMessagePolicy";
    public const string TerminationGrace = "io.kubernetes.pod.terminationGracePeriod";

    /// <summary>The node agent that made it: a runtime may be shared with others, whose pods are not ours to remove.</summary>
    public const string Node = "minke.local/node";
    public const string BackoffLevel = "minke.local/restart-backoff-level";
}
