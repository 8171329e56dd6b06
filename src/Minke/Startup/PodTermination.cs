using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Startup;

/// <summary>Ends all pods of a container runtime that belongs to Minke alone: gracefully, side by side, within a bounded time.</summary>
internal static class PodTermination
{
    private const int ParallelMax = 16;
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Returns how many pods there were. Containers get SIGTERM first, and SIGKILL ten seconds later.</summary>
    /// <exception cref="RuntimeException">The runtime cannot remove a pod.</exception>
    public static async Task<int> RemoveAllAsync(IContainerRuntime runtime, CancellationToken cancellationToken)
    {
        var sandboxes = await runtime.ListPodSandboxesAsync(null, cancellationToken);
        await Parallel.ForEachAsync(
            sandboxes,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellationToken },
            async (sandbox, token) => await RemoveAsync(runtime, sandbox.Id, token));
        return sandboxes.Count;
    }

    private static async Task RemoveAsync(IContainerRuntime runtime, string sandboxId, CancellationToken cancellationToken)
    {
        var running = new ContainerFilter { PodSandboxId = sandboxId, State = new ContainerStateValue { State = ContainerState.ContainerRunning } };
        var containers = await runtime.ListContainersAsync(running, cancellationToken);
        await Task.WhenAll(containers.Select(c => runtime.StopContainerAsync(c.Id, GracePeriod, cancellationToken)));
        await runtime.StopPodSandboxAsync(sandboxId, cancellationToken);
        await runtime.RemovePodSandboxAsync(sandboxId, cancellationToken);
    }
}
