using System.Globalization;
using Minke.Node.Containers;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Startup;

/// <summary>Ends all pods of one node agent: gracefully, side by side, within a bounded time.</summary>
internal static class PodTermination
{
    private const int ParallelMax = 16;
    private static readonly TimeSpan GracePeriodMax = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Returns how many pods there were. Containers get SIGTERM first, and SIGKILL after their pod's grace period, but after ten seconds at most.
    /// </summary>
    /// <param name="node">Only pods of this node's agent, for a runtime that others use too; null: all.</param>
    /// <exception cref="RuntimeException">The runtime cannot remove a pod.</exception>
    public static async Task<int> RemoveAllAsync(IContainerRuntime runtime, string? node, CancellationToken cancellationToken)
    {
        var filter = new PodSandboxFilter();
        if (node is not null)
        {
            filter.LabelSelector.Add(RuntimeLabels.Node, node);
        }

        var sandboxes = await runtime.ListPodSandboxesAsync(filter, cancellationToken);
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
        await Task.WhenAll(containers.Select(c => runtime.StopContainerAsync(c.Id, GracePeriodOf(c), cancellationToken)));
        await runtime.StopPodSandboxAsync(sandboxId, cancellationToken);
        await runtime.RemovePodSandboxAsync(sandboxId, cancellationToken);
    }

    private static TimeSpan GracePeriodOf(Container container) =>
        container.Annotations.TryGetValue(RuntimeLabels.TerminationGrace, out var text)
            && long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 && seconds < GracePeriodMax.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : GracePeriodMax;
}
