using Minke.Api.Meta;

namespace Minke.Api.Policy;

/// <summary>A wish to remove a pod that respects its disruption budget.</summary>
[Kind("")]
public sealed partial class Eviction : ApiObject
{
    /// <summary>How to delete the pod.</summary>
    [Field(2)] public partial DeleteOptions? DeleteOptions { get; set; }
}
