using Minke.Client;

namespace Minke.Node.Pods;

/// <summary>
/// When an ended container may be started again: at once the first time, then after 10 s, 20 s, 40 s … 5 min, and at once again after one that
/// ran for 10 minutes (https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy). The level is kept with the container in
/// the runtime, so that the count survives a restart of the agent.
/// </summary>
public static class RestartBackoff
{
    private static readonly Backoff s_delays = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
    private static readonly TimeSpan s_healthyAfter = TimeSpan.FromMinutes(10);

    /// <summary>The time to wait after <paramref name="last"/> has ended.</summary>
    public static TimeSpan Delay(ContainerSnapshot last) => RanLong(last) || last.BackoffLevel == 0 ? TimeSpan.Zero : s_delays.Delay(last.BackoffLevel);

    /// <summary>The earliest start of the container after <paramref name="last"/>.</summary>
    public static DateTimeOffset NotBefore(ContainerSnapshot last) => (last.FinishedAt ?? last.CreatedAt) + Delay(last);

    /// <summary>The level of the container that follows <paramref name="last"/>.</summary>
    public static int NextLevel(ContainerSnapshot? last) => last is null ? 0 : RanLong(last) ? 1 : last.BackoffLevel + 1;

    private static bool RanLong(ContainerSnapshot last) => last is { StartedAt: { } started, FinishedAt: { } finished } && finished - started >= s_healthyAfter;
}
