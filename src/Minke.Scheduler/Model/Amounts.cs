using Minke.Api;

namespace Minke.Scheduler;

/// <summary>Reads lists of resources as objects declare them.</summary>
internal static class Amounts
{
    public static ResourceAmounts Of(ApiMap<Quantity> quantities)
    {
        var result = ResourceAmounts.Zero;
        foreach (var (name, quantity) in quantities)
        {
            result = name switch
            {
                "cpu" => result with { MilliCpu = quantity.MilliValue },
                "memory" => result with { Memory = quantity.Value },
                "ephemeral-storage" => result with { EphemeralStorage = quantity.Value },
                "pods" => result with { Pods = quantity.Value },
                _ => result with { Extended = result.Extended.SetItem(name, quantity.Value) },
            };
        }

        return result;
    }
}
