namespace Minke.Api.Core;

[Kind("bindings", Verbs = ["create"])]
public sealed partial class Binding : ApiObject
{
    [Field(2), Required]
    public partial ObjectReference Target { get; set; }
}
