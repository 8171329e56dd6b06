using Minke.Api;
using Minke.Api.Core;

namespace Minke.Client;

/// <summary>The indexes that several components use.</summary>
public static class Indexes
{
    public const string Namespace = "namespace";
    public const string Owner = "owner";
    public const string Node = "node";

    public static Index<T> ByNamespace<T>()
        where T : ApiObject => new(Namespace, static item => [item.Metadata.Namespace]);

    /// <summary>By the uid of every owner.</summary>
    public static Index<T> ByOwner<T>()
        where T : ApiObject => new(Owner, static item => item.Metadata.OwnerReferences.Select(static owner => owner.Uid).Distinct(StringComparer.Ordinal));

    /// <summary>By the node that the pod is bound to; pods that are not bound have none.</summary>
    public static Index<Pod> PodsByNode { get; } = new(Node, static pod => pod.Spec.NodeName.Length == 0 ? [] : [pod.Spec.NodeName]);
}
