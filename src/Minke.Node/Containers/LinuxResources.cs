using Minke.Api;
using Minke.Api.Core;

namespace Minke.Node.Containers;

/// <summary>From requests and limits to what the kernel's cgroups take.</summary>
public static class LinuxResources
{
    /// <summary>Microseconds.</summary>
    public const long CpuPeriod = 100_000;
    private const long CpuQuotaMin = 1000;
    private const long CpuSharesMin = 2;
    private const long CpuSharesMax = 262_144;

    public static Cri.LinuxContainerResources Of(ResourceRequirements resources) => new()
    {
        CpuShares = CpuShares(CpuRequestMillis(resources)),
        CpuPeriod = Find(resources.Limits, "cpu") is { Sign: > 0 } ? CpuPeriod : 0,
        CpuQuota = Find(resources.Limits, "cpu") is { Sign: > 0 } limit ? CpuQuota(limit.MilliValue) : 0,
        MemoryLimitInBytes = Find(resources.Limits, "memory")?.Value ?? 0,
    };

    /// <summary>A container without a request, but with a limit, asks for as much as the limit.</summary>
    public static long CpuRequestMillis(ResourceRequirements resources) =>
        (Find(resources.Requests, "cpu") ?? Find(resources.Limits, "cpu"))?.MilliValue ?? 0;

    public static long CpuShares(long millis) => Math.Clamp((long)((Int128)millis * 1024 / 1000), CpuSharesMin, CpuSharesMax);

    public static long CpuQuota(long millis) => Math.Max(CpuQuotaMin, (long)Int128.Clamp((Int128)millis * CpuPeriod / 1000, 0, long.MaxValue));

    private static Quantity? Find(ApiMap<Quantity> amounts, string resource) => amounts.TryGetValue(resource, out var amount) ? amount : (Quantity?)null;
}
