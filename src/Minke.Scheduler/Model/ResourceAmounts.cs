using System.Collections.Immutable;

namespace Minke.Scheduler;

/// <summary>An amount of each resource. Cpu in thousandths of a core, memory and ephemeral storage in bytes, pods and extended resources in pieces. Immutable.</summary>
public sealed record ResourceAmounts(long MilliCpu, long Memory, long EphemeralStorage, long Pods, ImmutableSortedDictionary<string, long> Extended)
{
    private static readonly ImmutableSortedDictionary<string, long> s_noExtended = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public static ResourceAmounts Zero { get; } = new(0, 0, 0, 0, s_noExtended);

    public static ResourceAmounts operator +(ResourceAmounts left, ResourceAmounts right) => Combine(left, right, 1);

    public static ResourceAmounts operator -(ResourceAmounts left, ResourceAmounts right) => Combine(left, right, -1);

    /// <summary>The larger of the two in each resource.</summary>
    public static ResourceAmounts Max(ResourceAmounts left, ResourceAmounts right)
    {
        var extended = left.Extended;
        foreach (var (name, amount) in right.Extended)
        {
            extended = extended.SetItem(name, Math.Max(amount, extended.GetValueOrDefault(name)));
        }

        return new ResourceAmounts(
            Math.Max(left.MilliCpu, right.MilliCpu),
            Math.Max(left.Memory, right.Memory),
            Math.Max(left.EphemeralStorage, right.EphemeralStorage),
            Math.Max(left.Pods, right.Pods),
            extended);
    }

    private static ResourceAmounts Combine(ResourceAmounts left, ResourceAmounts right, int sign)
    {
        var extended = left.Extended;
        foreach (var (name, amount) in right.Extended)
        {
            extended = extended.SetItem(name, Saturated(extended.GetValueOrDefault(name), amount, sign));
        }

        return new ResourceAmounts(
            Saturated(left.MilliCpu, right.MilliCpu, sign),
            Saturated(left.Memory, right.Memory, sign),
            Saturated(left.EphemeralStorage, right.EphemeralStorage, sign),
            Saturated(left.Pods, right.Pods, sign),
            extended);
    }

    // Requests come from users: a sum of absurd ones must not wrap around to something small.
    private static long Saturated(long left, long right, int sign) =>
        (long)Int128.Clamp((Int128)left + (sign * (Int128)right), long.MinValue / 2, long.MaxValue / 2);
}
