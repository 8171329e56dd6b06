using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Strategies;

/// <summary>Pods: they start Pending, end gracefully, and only their node writes their status.</summary>
internal sealed class PodStrategy : KindStrategy<Pod>
{
    public override bool CountsGenerations => true;

    public override bool AnswersDeletionWithObject => true;

    protected override void PrepareCreate(Pod item) => item.Status = new PodStatus { Phase = "Pending", QosClass = QosClass.Of(item.Spec) };

    protected override void PrepareUpdate(Pod desired, Pod current) => desired.Status = current.Status.Clone();

    protected override void PrepareStatusUpdate(Pod desired, Pod current)
    {
        desired.Spec = current.Spec.Clone();
        desired.Metadata.OwnerReferences = current.Metadata.Clone().OwnerReferences;
        desired.Status.QosClass = current.Status.QosClass;
    }

    protected override bool SpecChanged(Pod desired, Pod current) => !ObjectCodec.SameContent(desired.Spec, current.Spec);

    /// <summary>A pod that no node has taken, or that is over, has nothing to end.</summary>
    protected override long GracePeriodSeconds(Pod current, long? asked)
    {
        if (current.Spec.NodeName.Length == 0 || current.Status.Phase is "Succeeded" or "Failed")
        {
            return 0;
        }

        var period = asked ?? current.Spec.TerminationGracePeriodSeconds ?? 0;
        return period < 0 ? 1 : period;
    }
}
