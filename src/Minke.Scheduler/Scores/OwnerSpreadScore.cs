namespace Minke.Scheduler;

/// <summary>Prefers nodes that hold few pods of the same controller, so that the loss of a node takes few replicas.</summary>
public sealed class OwnerSpreadScore : IScore
{
    public int Weight => 2;

    public bool Concerns(PodModel pod) => pod.ControllerUid is not null;

    public long Raw(PodModel pod, NodeModel node) => node.PodsOfController.GetValueOrDefault(pod.ControllerUid!);

    public void Normalize(Span<long> scores) => Scores.LessIsBetter(scores);
}
