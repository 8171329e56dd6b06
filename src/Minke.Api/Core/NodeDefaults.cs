namespace Minke.Api.Core;

/// <summary>What a node has when it does not say otherwise.</summary>
internal static class NodeDefaults
{
    public static void Apply(Node node)
    {
        if (node.Status.Allocatable.Count == 0 && node.Status.Capacity.Count > 0)
        {
            node.Status.Allocatable = new ApiMap<Quantity>(node.Status.Capacity);
        }
    }
}
