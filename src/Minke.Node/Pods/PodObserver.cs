using Minke.Node.Containers;
using Minke.Node.Runtime;

namespace Minke.Node.Pods;

/// <summary>Asks the runtime about one pod's sandboxes and containers.</summary>
internal sealed class PodObserver(IContainerRuntime runtime)
{
    /// <summary>Everything the runtime has of the pod.</summary>
    public async Task<PodRuntimeState> ListAsync(PodView view, CancellationToken cancellationToken)
    {
        var uid = view.Pod.Metadata.Uid;
        var sandboxes = await runtime.ListPodSandboxesAsync(new Cri.PodSandboxFilter { LabelSelector = { [RuntimeLabels.PodUid] = uid } }, cancellationToken);
        var containers = await runtime.ListContainersAsync(new Cri.ContainerFilter { LabelSelector = { [RuntimeLabels.PodUid] = uid } }, cancellationToken);
        var state = PodRuntimeState.Empty;
        foreach (var sandbox in sandboxes)
        {
            state = await AddSandboxAsync(state, sandbox.Id, cancellationToken);
        }

        foreach (var container in containers)
        {
            state = await AddContainerAsync(state, container.Id, container.PodSandboxId, cancellationToken);
        }

        return state;
    }

    /// <summary>The state with what is true now about one sandbox or container that it knows; ids that it does not know change nothing.</summary>
    public Task<PodRuntimeState> InspectAsync(PodRuntimeState state, string id, CancellationToken cancellationToken)
    {
        if (state.Find(id) is { } container)
        {
            return AddContainerAsync(state, id, container.SandboxId, cancellationToken);
        }

        return state.Sandboxes.Any(sandbox => sandbox.Id == id) ? AddSandboxAsync(state, id, cancellationToken) : Task.FromResult(state);
    }

    private async Task<PodRuntimeState> AddSandboxAsync(PodRuntimeState state, string id, CancellationToken cancellationToken)
    {
        try
        {
            return state.With(RuntimeSnapshots.Of(await runtime.PodSandboxStatusAsync(id, cancellationToken)));
        }
        catch (RuntimeException e) when (e.Code == RuntimeErrorCode.NotFound)
        {
            return state.Without(id);
        }
    }

    private async Task<PodRuntimeState> AddContainerAsync(PodRuntimeState state, string id, string sandboxId, CancellationToken cancellationToken)
    {
        try
        {
            return state.With(RuntimeSnapshots.Of(await runtime.ContainerStatusAsync(id, cancellationToken), sandboxId));
        }
        catch (RuntimeException e) when (e.Code == RuntimeErrorCode.NotFound)
        {
            return state.Without(id);
        }
    }
}
