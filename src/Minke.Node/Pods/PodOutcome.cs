using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>How far a pod has come, by what the runtime has of it.</summary>
public static class PodOutcome
{
    /// <summary>Every container has ended, none is to run again: the pod is over.</summary>
    public static bool IsFinished(PodView view)
    {
        if (view.Pod.HasTerminalPhase)
        {
            return true;
        }

        if (InitFailed(view))
        {
            return true;
        }

        foreach (var container in view.Pod.Spec.Containers)
        {
            if (view.Runtime.Latest(container.Name) is not { State: ContainerRunState.Exited } ended || PodFacts.ShouldRestart(view.Pod, container, ended))
            {
                return false;
            }
        }

        return view.Pod.Spec.Containers.Count > 0;
    }

    /// <summary>
    /// The init containers have done their work in this sandbox. A container that was made there is proof enough, so that they are not run again
    /// when the runtime forgot them.
    /// </summary>
    public static bool IsInitialized(PodView view, SandboxSnapshot? sandbox)
    {
        if (sandbox is null)
        {
            return false;
        }

        foreach (var container in view.Runtime.Containers)
        {
            if (container.SandboxId == sandbox.Id && !view.Pod.IsInitContainer(container.Name))
            {
                return true;
            }
        }

        foreach (var container in view.Pod.Spec.InitContainers)
        {
            var latest = view.Runtime.Latest(container.Name) is { } found && found.SandboxId == sandbox.Id ? found : null;
            var done = container.IsSidecar(view.Pod) ? latest is { State: ContainerRunState.Running } : latest is { State: ContainerRunState.Exited, ExitCode: 0 };
            if (!done)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An init container failed and may not be tried again.</summary>
    public static bool InitFailed(PodView view)
    {
        foreach (var container in view.Pod.Spec.InitContainers)
        {
            if (view.Runtime.Latest(container.Name) is { State: ContainerRunState.Exited, ExitCode: not 0 } ended
                && !PodFacts.ShouldRestart(view.Pod, container, ended))
            {
                return true;
            }
        }

        return false;
    }
}
