namespace Minke.Api.Core;

/// <summary>Puts a pod on a node.</summary>
[Kind("bindings", Verbs = ["create"])]
public sealed partial class Binding : ApiObject
{
    /// <summary>The node.</summary>
    [Field(2), Required]
    public partial ObjectReference Target { get; set; }
}
