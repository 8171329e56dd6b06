namespace Minke.Scheduler;

/// <summary>Says whether a pod may go to a node. Pure: it looks at nothing but its arguments.</summary>
public interface IFilter
{
    /// <summary>Which changes can turn this filter's refusal into consent.</summary>
    ClusterChange WokenBy { get; }

    /// <summary>False when the filter has nothing to say about this pod on any node.</summary>
    bool Concerns(PodModel pod);

    /// <summary>Null when the pod may go there, else the reasons, each without a number and a full stop.</summary>
    IReadOnlyList<string>? Refuse(PodModel pod, NodeModel node);
}
