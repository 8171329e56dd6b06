using Minke.Api.Core;

namespace Minke.Node.Pods;

/// <summary>
/// Decides the next steps for a pod from what is wanted, what the runtime has, and the time. Pure: the same view gives the same plan, and whoever
/// carries it out reports back through the next view. Every plan may be cut short at any step; the next decision goes on from what is really there.
/// </summary>
public static class PodDecision
{
    /// <summary>The least time between TERM and KILL, however late the agent is, unless none at all was asked for.</summary>
    private static readonly TimeSpan s_graceMin = TimeSpan.FromSeconds(2);

    public static PodPlan Decide(PodView view, DateTimeOffset now)
    {
        var plan = new Planner(view, now);
        if (view.IsEnding)
        {
            plan.End(Grace(view, now), removeEverything: true);
        }
        else if (view.Failure is not null)
        {
            plan.End(view.Pod.SpecGrace, removeEverything: false);
        }
        else if (PodOutcome.IsFinished(view))
        {
            plan.End(view.Pod.SpecGrace, removeEverything: false);
        }
        else
        {
            plan.Run();
        }

        return plan.ToPlan();
    }

    /// <summary>When the pod's <c>activeDeadlineSeconds</c> pass; null without one.</summary>
    public static DateTimeOffset? Deadline(PodView view) =>
        view.Pod.Spec.ActiveDeadlineSeconds is { } seconds ? view.StartTime + TimeSpan.FromSeconds(seconds) : null;

    private static TimeSpan Grace(PodView view, DateTimeOffset now)
    {
        if (view.Gone || view.Pod.Metadata.DeletionTimestamp is not { } end)
        {
            return TimeSpan.Zero;
        }

        var asked = TimeSpan.FromSeconds(Math.Max(0, view.Pod.Metadata.DeletionGracePeriodSeconds ?? 0));
        var least = asked < s_graceMin ? asked : s_graceMin;
        return TimeSpan.FromTicks(Math.Clamp((end - now).Ticks, least.Ticks, asked.Ticks));
    }

    private sealed class Planner(PodView view, DateTimeOffset now)
    {
        private readonly List<PodAction> _actions = [];
        private DateTimeOffset? _wakeAt;
        private bool _finished;

        private PodRuntimeState Runtime => view.Runtime;

        public PodPlan ToPlan() => new(_actions, _wakeAt, _finished);

        public void Run()
        {
            if (Deadline(view) is { } deadline)
            {
                WakeAt(deadline);
            }

            PrepareVolumes();
            if (EnsureSandbox() is not { } sandbox)
            {
                // Images do not need the sandbox: they are looked for, and pulled, while it is made.
                ResolveFirstImages();
                return;
            }

            if (StartInitContainers(sandbox))
            {
                foreach (var container in view.Pod.Spec.Containers)
                {
                    Keep(container, sandbox);
                }
            }

            RemoveSuperseded();
        }

        /// <summary>Stops all containers, then the sandboxes, then removes what the pod has on this node.</summary>
        public void End(TimeSpan grace, bool removeEverything)
        {
            if (StopContainers(grace) || IsStarting())
            {
                return;
            }

            var stopping = false;
            foreach (var sandbox in Runtime.Sandboxes)
            {
                if (!view.StoppedSandboxes.Contains(sandbox.Id))
                {
                    stopping = true;
                    Retry(new StopSandbox(sandbox.Id));
                }
                else if (removeEverything)
                {
                    stopping = true;
                    Retry(new RemoveSandbox(sandbox.Id));
                }
            }

            if (stopping)
            {
                return;
            }

            if (!view.TornDown)
            {
                Retry(new TearDown(removeEverything));
            }
            else if (view.Gone)
            {
                _finished = true;
            }
            else if (removeEverything)
            {
                Retry(new DeleteObject());
            }
        }

        private void PrepareVolumes()
        {
            if (!view.VolumesReady)
            {
                if (IsPast(view.VolumeObstacle?.RetryAt))
                {
                    Add(new PrepareVolumes());
                }
            }
            else if (view.RefreshVolumesAt is { } refresh && IsPast(refresh))
            {
                Add(new RefreshVolumes());
            }
        }

        /// <summary>The sandbox to run containers in, or null while there is none; a dead one is taken down first.</summary>
        private SandboxSnapshot? EnsureSandbox()
        {
            var waiting = false;
            foreach (var old in Runtime.Sandboxes)
            {
                if ((!old.Ready || old != Runtime.Sandbox) && !view.StoppedSandboxes.Contains(old.Id))
                {
                    Retry(new StopSandbox(old.Id));
                    waiting = true;
                }
            }

            if (waiting || Runtime.Sandbox is { Ready: true })
            {
                return waiting ? null : Runtime.Sandbox;
            }

            if (IsPast(view.SandboxObstacle?.RetryAt))
            {
                Add(new RunSandbox(Runtime.Sandbox is { } dead ? dead.Attempt + 1 : 0));
            }

            return null;
        }

        private void ResolveFirstImages()
        {
            foreach (var container in view.Pod.AllContainers)
            {
                if (Runtime.Latest(container.Name) is null)
                {
                    HasImage(container);
                }
            }
        }

        /// <summary>True when the containers may start.</summary>
        private bool StartInitContainers(SandboxSnapshot sandbox)
        {
            var initialized = PodOutcome.IsInitialized(view, sandbox);
            foreach (var container in view.Pod.Spec.InitContainers)
            {
                var sidecar = container.IsSidecar(view.Pod);
                var latest = Runtime.Latest(container.Name) is { } found && found.SandboxId == sandbox.Id ? found : null;
                if (sidecar)
                {
                    Keep(container, sandbox);
                    if (!initialized && latest is not { State: ContainerRunState.Running })
                    {
                        return false;
                    }
                }
                else if (!initialized && latest is not { State: ContainerRunState.Exited, ExitCode: 0 })
                {
                    Keep(container, sandbox);
                    return false;
                }
            }

            return true;
        }

        /// <summary>Starts the container if it is to run and does not.</summary>
        private void Keep(Container container, SandboxSnapshot sandbox)
        {
            var latest = Runtime.Latest(container.Name);
            if (latest is not null && latest.SandboxId == sandbox.Id)
            {
                if (!MayReplace(container, latest) || !IsPast(RestartBackoff.NotBefore(latest)))
                {
                    return;
                }
            }
            else if (latest is { State: ContainerRunState.Exited } && !view.Pod.IsInitContainer(container.Name) && !PodFacts.ShouldRestart(view.Pod, container, latest))
            {
                // It had done its work before its sandbox died. (Init containers do theirs in every sandbox; others are started again at once,
                // since they are not to blame for the sandbox.)
                return;
            }

            var hasImage = HasImage(container);
            if (hasImage && view.VolumesReady && IsPast(view.Obstacles.GetValueOrDefault(container.Name)?.RetryAt))
            {
                var attempt = latest is null ? view.Pod.KnownAttempt(container.Name) + 1 : latest.Attempt + 1;
                Add(new StartContainer(container, attempt, RestartBackoff.NextLevel(latest), view.Images[container.Name], sandbox.Id));
            }
        }

        /// <summary>True when the newest container of this name has ended and another one is to follow.</summary>
        private bool MayReplace(Container container, ContainerSnapshot latest)
        {
            switch (latest.State)
            {
                case ContainerRunState.Exited:
                    return PodFacts.ShouldRestart(view.Pod, container, latest);
                case ContainerRunState.Created:
                    if (!view.Running.Contains($"start {container.Name}"))
                    {
                        // The agent ended between making and starting it. It never ran, so it counts for nothing.
                        Add(new RemoveContainer(latest.Id));
                    }

                    return false;
                case ContainerRunState.Unknown:
                    Add(new StopContainer(latest.Id, container.Name, TimeSpan.Zero, null, ""));
                    return false;
                default:
                    if (latest.Hash.Length > 0 && latest.Hash != container.SpecHash)
                    {
                        Add(new StopContainer(latest.Id, container.Name, view.Pod.SpecGrace, null, $"Container {container.Name} definition changed, will be restarted"));
                    }

                    return false;
            }
        }

        private bool HasImage(Container container)
        {
            if (view.Images.ContainsKey(container.Name))
            {
                return true;
            }

            if (IsPast(view.Obstacles.GetValueOrDefault(container.Name)?.RetryAt))
            {
                Add(new ResolveImage(container));
            }

            return false;
        }

        /// <summary>Of every container, the newest stays and the one before it, whose logs and exit are still shown.</summary>
        private void RemoveSuperseded()
        {
            foreach (var group in Runtime.Containers.GroupBy(static container => container.Name))
            {
                foreach (var old in group.Skip(2).Where(static container => container.State == ContainerRunState.Exited))
                {
                    Add(new RemoveContainer(old.Id));
                }
            }

            foreach (var old in Runtime.Sandboxes.Skip(1))
            {
                if (view.StoppedSandboxes.Contains(old.Id) && !Runtime.Containers.Any(container => container.SandboxId == old.Id))
                {
                    Add(new RemoveSandbox(old.Id));
                }
            }
        }

        /// <summary>True while containers still run: first the pod's own, then the sidecars, the last one first.</summary>
        private bool StopContainers(TimeSpan grace)
        {
            var active = Runtime.Containers.Where(static container => container.IsActive).ToList();
            var sidecars = active.FindAll(container => view.Pod.FindContainer(container.Name)?.IsSidecar(view.Pod) == true);
            var own = active.FindAll(container => !sidecars.Contains(container));
            if (own.Count == 0 && sidecars.Count > 0 && !IsStarting())
            {
                var order = view.Pod.Spec.InitContainers.Select(static container => container.Name).ToList();
                own.Add(sidecars.MaxBy(container => order.IndexOf(container.Name))!);
            }

            foreach (var container in own)
            {
                Retry(new StopContainer(container.Id, container.Name, grace, view.Pod.Metadata.DeletionTimestamp, $"Stopping container {container.Name}"));
            }

            return active.Count > 0;
        }

        private bool IsStarting() =>
            view.Running.Any(static key => key is "sandbox" or "volumes" || key.StartsWith("start ", StringComparison.Ordinal) || key.StartsWith("image ", StringComparison.Ordinal));

        private void Retry(PodAction action)
        {
            if (IsPast(view.TearDownObstacle?.RetryAt))
            {
                Add(action);
            }
        }

        private void Add(PodAction action)
        {
            if (!view.Running.Contains(action.Key) && !_actions.Any(other => other.Key == action.Key))
            {
                _actions.Add(action);
            }
        }

        /// <summary>True when the time has come (or none was set); otherwise the plan wakes then.</summary>
        private bool IsPast(DateTimeOffset? time)
        {
            if (time is not { } at || at <= now)
            {
                return true;
            }

            WakeAt(at);
            return false;
        }

        private void WakeAt(DateTimeOffset at)
        {
            if (at > now && (_wakeAt is null || at < _wakeAt))
            {
                _wakeAt = at;
            }
        }
    }
}
