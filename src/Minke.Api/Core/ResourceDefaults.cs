namespace Minke.Api.Core;

/// <summary>Amounts of resources are counted in thousandths at the finest; what is finer is rounded up.</summary>
internal static class ResourceDefaults
{
    private const long NanosPerMilli = 1_000_000;

    public static void Apply(ApiMap<Quantity> resources)
    {
        for (var i = 0; i < resources.Count; i++)
        {
            var (name, amount) = resources.AsSpan()[i];
            var rest = amount.Nanos % NanosPerMilli;
            if (rest != 0)
            {
                resources[name] = new Quantity(amount.Nanos - rest + (Int128.Sign(rest) * NanosPerMilli), amount.Format);
            }
        }
    }
}
