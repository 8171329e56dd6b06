using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Strategies;

/// <summary>Nodes: the agent writes the status, others the spec.</summary>
internal sealed class NodeStrategy : KindStrategy<Node>
{
    protected override void PrepareUpdate(Node desired, Node current) => desired.Status = current.Status.Clone();

    protected override void PrepareStatusUpdate(Node desired, Node current) => desired.Spec = current.Spec.Clone();
}
