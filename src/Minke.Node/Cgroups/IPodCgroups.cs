namespace Minke.Node.Cgroups;

/// <summary>What a pod as a whole may use; null: no limit of its own.</summary>
/// <param name="CpuShares">Its weight against other pods.</param>
/// <param name="CpuQuota">Microseconds of processor time per 100 ms.</param>
public readonly record struct PodLimits(long CpuShares, long? CpuQuota, long? MemoryBytes, long? Processes);

/// <summary>
/// The cgroup of each pod, in which the runtime makes those of its containers. Implemented for cgroup v1 (also hybrid), for v2, and by the tests.
/// Every method may be repeated. Failures are <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IPodCgroups
{
    /// <summary>Makes the pod's cgroup, sets its limits, and returns the path that the runtime is to be told as the parent.</summary>
    string Create(string podUid, PodLimits limits);

    /// <summary>Removes the pod's cgroup and what is left below it. Processes must have ended.</summary>
    Task RemoveAsync(string podUid, CancellationToken cancellationToken);

    /// <summary>The uids of the pods that have a cgroup.</summary>
    IReadOnlyList<string> List();
}
