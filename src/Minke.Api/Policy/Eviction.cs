using Minke.Api.Meta;

namespace Minke.Api.Policy;

[Kind("")]
public sealed partial class Eviction : ApiObject
{
    [Field(2)] public partial DeleteOptions? DeleteOptions { get; set; }
}
