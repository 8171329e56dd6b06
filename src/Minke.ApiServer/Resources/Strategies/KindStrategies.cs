using Minke.Api;
using Minke.Api.Core;

namespace Minke.ApiServer.Resources.Strategies;

/// <summary>The strategy of each kind.</summary>
internal static class KindStrategies
{
    public static KindStrategy For(KindInfo kind) => kind.Type switch
    {
        var type when type == typeof(Pod) => new PodStrategy(),
        var type when type == typeof(Namespace) => new NamespaceStrategy(),
        var type when type == typeof(Node) => new NodeStrategy(),
        var type when type == typeof(ReplicationController) => new ReplicationControllerStrategy(),
        _ => PlainStrategy.Instance,
    };
}
