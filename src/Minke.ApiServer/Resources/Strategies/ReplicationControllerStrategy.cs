using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Strategies;

/// <summary>Replication controllers: as in Kubernetes, a deletion that does not say otherwise leaves the pods running.</summary>
internal sealed class ReplicationControllerStrategy : KindStrategy<ReplicationController>
{
    public override bool CountsGenerations => true;

    public override PropagationPolicy DefaultPropagation => PropagationPolicy.Orphan;

    protected override void PrepareCreate(ReplicationController item) => item.Status = new ReplicationControllerStatus();

    protected override void PrepareUpdate(ReplicationController desired, ReplicationController current) =>
        desired.Status = current.Status.Clone();

    protected override void PrepareStatusUpdate(ReplicationController desired, ReplicationController current) =>
        desired.Spec = current.Spec.Clone();

    protected override bool SpecChanged(ReplicationController desired, ReplicationController current) =>
        !ObjectCodec.SameContent(desired.Spec, current.Spec);
}
