namespace Minke.Scheduler;

/// <summary>Compares the nodes that a pod may go to. Pure: it looks at nothing but its arguments.</summary>
public interface IScore
{
    /// <summary>The best result of <see cref="Normalize"/>.</summary>
    const long Best = 100;

    int Weight { get; }

    /// <summary>False when all nodes would score alike.</summary>
    bool Concerns(PodModel pod);

    long Raw(PodModel pod, NodeModel node);

    /// <summary>Brings the raw scores of all candidates into 0 to <see cref="Best"/>, the best last.</summary>
    void Normalize(Span<long> scores);
}
