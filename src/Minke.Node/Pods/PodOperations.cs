using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Node.Cgroups;
using Minke.Node.Containers;
using Minke.Node.Images;
using Minke.Node.Runtime;
using Minke.Node.Volumes;

namespace Minke.Node.Pods;

/// <summary>
/// Carries out the actions of a plan. Each returns how the view changes by its outcome; expected failures become obstacles there. Stateless: what an
/// action needs is in the view that it was decided from.
/// </summary>
internal sealed class PodOperations(PodServices services, PodWorker worker, PodStatusWriter statusWriter)
{
    private static readonly Backoff s_pullRetry = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
    private static readonly Backoff s_retry = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));

    private IContainerRuntime Runtime => services.Runtime;

    private DateTimeOffset Now => services.Time.GetUtcNow();

    public Task<Func<PodView, PodView>> RunAsync(PodView view, PodAction action, CancellationToken cancellationToken) => action switch
    {
        PrepareVolumes or RefreshVolumes => PrepareVolumesAsync(view, cancellationToken),
        RunSandbox run => RunSandboxAsync(view, run, cancellationToken),
        ResolveImage resolve => ResolveImageAsync(view, resolve, cancellationToken),
        StartContainer start => StartContainerAsync(view, start, cancellationToken),
        StopContainer stop => TearingDownAsync(view, () => StopContainerAsync(view, stop, cancellationToken)),
        RemoveContainer remove => TearingDownAsync(view, () => RemoveContainerAsync(remove, cancellationToken)),
        StopSandbox stop => TearingDownAsync(view, () => StopSandboxAsync(view, stop, cancellationToken)),
        RemoveSandbox remove => TearingDownAsync(view, () => RemoveSandboxAsync(remove, cancellationToken)),
        TearDown down => TearingDownAsync(view, () => TearDownAsync(view, down, cancellationToken)),
        DeleteObject => TearingDownAsync(view, () => DeleteObjectAsync(view, cancellationToken)),
        _ => throw new InvalidOperationException($"unknown action {action}"),
    };

    private async Task<Func<PodView, PodView>> PrepareVolumesAsync(PodView view, CancellationToken cancellationToken)
    {
        var pod = view.Pod;
        try
        {
            await services.Volumes.PrepareAsync(pod, Downward(view), cancellationToken);
            var refreshAt = PodVolumes.FollowObjects(pod) ? Now + services.Options.VolumeRefreshInterval : (DateTimeOffset?)null;
            return after => after with { VolumesReady = true, VolumeObstacle = null, RefreshVolumesAt = refreshAt, TornDown = false };
        }
        catch (Exception e) when (e is VolumeException or ApiException)
        {
            if (view.VolumesReady)
            {
                // The files stay as they are until their sources are whole again.
                return after => after with { RefreshVolumesAt = Now + services.Options.VolumeRefreshInterval };
            }

            services.Events.Warning(pod, "FailedMount", e.Message);
            var obstacle = Next(view.VolumeObstacle, "FailedMount", e.Message, s_retry);
            obstacle = e is VolumeException { IsPermanent: true } ? obstacle with { RetryAt = Now + s_pullRetry.Limit } : obstacle;
            return after => after with { VolumeObstacle = obstacle, TornDown = false };
        }
    }

    private async Task<Func<PodView, PodView>> RunSandboxAsync(PodView view, RunSandbox action, CancellationToken cancellationToken)
    {
        var pod = view.Pod;
        try
        {
            if (ResolverConfig.MissesClusterDns(pod.Spec, services.Options))
            {
                services.Events.Warning(pod, "MissingClusterDNS", $"The node has no cluster DNS address, so policy \"{pod.Spec.DnsPolicy}\" falls back to \"Default\".");
            }

            if (action.Attempt > 0)
            {
                services.Events.Normal(pod, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
            }

            var parent = services.Cgroups.Create(pod.Metadata.Uid, PodCgroups.LimitsOf(pod, services.Options.PodProcessesMax));
            Directory.CreateDirectory(services.Paths.LogDirectory(pod));
            var config = SandboxConfig.For(pod, action.Attempt, parent, services.Paths, services.Options);
            var id = await Runtime.RunPodSandboxAsync(config, RuntimeHandler(pod), cancellationToken);
            services.Routes.Add(id, worker);
            var sandbox = RuntimeSnapshots.Of(await Runtime.PodSandboxStatusAsync(id, cancellationToken));
            return after => after with { Runtime = after.Runtime.With(sandbox), SandboxObstacle = null, TornDown = false };
        }
        catch (Exception e) when (e is RuntimeException or IOException or UnauthorizedAccessException)
        {
            services.Events.Warning(pod, "FailedCreatePodSandBox", $"Failed to create pod sandbox: {e.Message}");
            worker.InspectAll();
            return after => after with { SandboxObstacle = Next(after.SandboxObstacle, "FailedCreatePodSandBox", e.Message, s_retry), TornDown = false };
        }
    }

    /// <summary>There are no RuntimeClass objects yet; the name of a handler may be given directly.</summary>
    private static string RuntimeHandler(Pod pod) => pod.Spec.RuntimeClassName ?? "";

    private async Task<Func<PodView, PodView>> ResolveImageAsync(PodView view, ResolveImage action, CancellationToken cancellationToken)
    {
        var name = action.Container.Name;
        try
        {
            var image = await services.Images.EnsureAsync(view.Pod, action.Container, cancellationToken);
            return after => after with
            {
                Images = after.Images.SetItem(name, image),
                // What kept the container from being made is not out of the way because its image is here.
                Obstacles = after.Obstacles.GetValueOrDefault(name) is { IsAboutImage: true } ? after.Obstacles.Remove(name) : after.Obstacles,
            };
        }
        catch (Exception e) when (e is ImageException or ApiException)
        {
            var reason = (e as ImageException)?.Reason ?? "ErrImagePull";
            return after => after with { Obstacles = after.Obstacles.SetItem(name, Next(after.Obstacles.GetValueOrDefault(name), reason, e.Message, s_pullRetry)) };
        }
    }

    private async Task<Func<PodView, PodView>> StartContainerAsync(PodView view, StartContainer action, CancellationToken cancellationToken)
    {
        var name = action.Container.Name;
        var step = "CreateContainerConfigError";
        try
        {
            var config = await ConfigureAsync(view, action, cancellationToken);
            step = "CreateContainerError";
            var cgroup = services.Cgroups.Create(view.Pod.Metadata.Uid, PodCgroups.LimitsOf(view.Pod, services.Options.PodProcessesMax));
            var sandbox = view.Runtime.Sandboxes.First(sandbox => sandbox.Id == action.SandboxId);
            var sandboxConfig = SandboxConfig.For(view.Pod, sandbox.Attempt, cgroup, services.Paths, services.Options);
            var id = await Runtime.CreateContainerAsync(action.SandboxId, config, sandboxConfig, cancellationToken);
            services.Routes.Add(id, worker);
            services.Events.Normal(view.Pod, action.Container, "Created", $"Created container: {name}");
            step = "RunContainerError";
            await Runtime.StartContainerAsync(id, cancellationToken);
            services.Events.Normal(view.Pod, action.Container, "Started", $"Started container {name}");
            var container = RuntimeSnapshots.Of(await Runtime.ContainerStatusAsync(id, cancellationToken), action.SandboxId);
            return after => after with
            {
                Runtime = after.Runtime.With(container),
                Images = after.Images.Remove(name),
                Obstacles = after.Obstacles.Remove(name),
            };
        }
        catch (Exception e) when (e is RuntimeException or PodConfigException or ApiException or IOException or UnauthorizedAccessException)
        {
            services.Events.Warning(view.Pod, action.Container, "Failed", $"Error: {e.Message}");
            worker.InspectAll();
            return after => after with
            {
                Images = e is RuntimeException ? after.Images.Remove(name) : after.Images,
                Obstacles = after.Obstacles.SetItem(name, Next(after.Obstacles.GetValueOrDefault(name), step, e.Message, s_retry)),
            };
        }
    }

    private async Task<Cri.ContainerConfig> ConfigureAsync(PodView view, StartContainer action, CancellationToken cancellationToken)
    {
        var (pod, container) = (view.Pod, action.Container);
        var skipped = new List<string>();
        var sources = new ConfigSources(services.Client, pod.Metadata.Namespace);
        var environment = await ContainerEnvironment.BuildAsync(container, Downward(view), sources, skipped, cancellationToken);
        if (skipped.Count > 0)
        {
            services.Events.Warning(pod, "InvalidEnvironmentVariableNames", $"Keys [{string.Join(", ", skipped)}] were skipped since they are no names of environment variables.");
        }

        var mounts = services.Volumes.MountsFor(pod, container, environment).ToList();
        AddOwnFiles(view, action, mounts);
        Directory.CreateDirectory(Path.Combine(services.Paths.LogDirectory(pod), container.Name));
        var score = QualityOfService.OomScoreAdjust(pod, container, services.Machine.MemoryBytes);
        return ContainerConfig.For(new ContainerInputs
        {
            Pod = pod,
            Container = container,
            Attempt = action.Attempt,
            BackoffLevel = action.BackoffLevel,
            Image = action.Image,
            Environment = environment,
            Mounts = mounts,
            OomScoreAdjust = Math.Max(score, services.Options.OomScoreAdjustMin),
            SeccompDirectory = services.Paths.SeccompDirectory,
        });
    }

    /// <summary>The files that every container gets: the pod's hosts, and the one that it may leave its last words in.</summary>
    private void AddOwnFiles(PodView view, StartContainer action, List<Cri.Mount> mounts)
    {
        var (pod, container) = (view.Pod, action.Container);
        if (!mounts.Exists(static mount => mount.ContainerPath == "/etc/hosts"))
        {
            var file = services.Paths.HostsFile(pod.Metadata.Uid);
            var nodeHosts = pod.Spec.HostNetwork && File.Exists("/etc/hosts") ? File.ReadAllText("/etc/hosts") : "";
            var text = HostsFile.Render(pod, SandboxConfig.Hostname(pod, services.Options), SandboxConfig.Domain(pod, services.Options), PodAddresses(view), nodeHosts);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!File.Exists(file) || File.ReadAllText(file) != text)
            {
                File.WriteAllText(file, text);
            }

            mounts.Add(new Cri.Mount { ContainerPath = "/etc/hosts", HostPath = file });
        }

        var path = container.TerminationMessagePath;
        if (path.Length > 0 && !mounts.Exists(mount => mount.ContainerPath == path))
        {
            var file = services.Paths.TerminationLog(pod.Metadata.Uid, container.Name, action.Attempt);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, []);
            File.SetUnixFileMode(file, (UnixFileMode)0x1B6); // 666: any user of the container may write it
            mounts.Add(new Cri.Mount { ContainerPath = path, HostPath = file });
        }
    }

    private async Task<Func<PodView, PodView>> StopContainerAsync(PodView view, StopContainer action, CancellationToken cancellationToken)
    {
        if (action.Why.Length > 0 && view.Pod.FindContainer(action.Name) is { } container)
        {
            services.Events.Normal(view.Pod, container, "Killing", action.Why);
        }

        await Runtime.StopContainerAsync(action.Id, action.Grace, cancellationToken);
        worker.InspectAfterExit(action.Id);
        return static after => after;
    }

    private async Task<Func<PodView, PodView>> RemoveContainerAsync(RemoveContainer action, CancellationToken cancellationToken)
    {
        await Runtime.RemoveContainerAsync(action.Id, cancellationToken);
        return after => after with { Runtime = after.Runtime.Without(action.Id) };
    }

    private async Task<Func<PodView, PodView>> StopSandboxAsync(PodView view, StopSandbox action, CancellationToken cancellationToken)
    {
        await Runtime.StopPodSandboxAsync(action.Id, cancellationToken);
        foreach (var container in view.Runtime.Containers.Where(container => container.SandboxId == action.Id && container.IsActive))
        {
            worker.InspectAfterExit(container.Id);
        }

        return after => after with { Runtime = Dead(after.Runtime, action.Id), StoppedSandboxes = after.StoppedSandboxes.Add(action.Id) };
    }

    private static PodRuntimeState Dead(PodRuntimeState runtime, string sandboxId) =>
        runtime.Sandboxes.FirstOrDefault(sandbox => sandbox.Id == sandboxId) is { } sandbox ? runtime.With(sandbox with { Ready = false }) : runtime;

    private async Task<Func<PodView, PodView>> RemoveSandboxAsync(RemoveSandbox action, CancellationToken cancellationToken)
    {
        await Runtime.RemovePodSandboxAsync(action.Id, cancellationToken);
        return after => after with { Runtime = after.Runtime.Without(action.Id) };
    }

    private async Task<Func<PodView, PodView>> TearDownAsync(PodView view, TearDown action, CancellationToken cancellationToken)
    {
        var uid = view.Pod.Metadata.Uid;
        await services.Cgroups.RemoveAsync(uid, cancellationToken);
        if (action.Everything)
        {
            services.Volumes.Remove(uid);
            foreach (var logs in services.Paths.LogDirectories(uid))
            {
                Directory.Delete(logs, recursive: true);
            }
        }
        else
        {
            services.Volumes.RemoveVolumes(uid);
        }

        return after => after with { TornDown = true, VolumesReady = false, RefreshVolumesAt = null };
    }

    /// <summary>The end of the containers is told before the object that tells it goes.</summary>
    private async Task<Func<PodView, PodView>> DeleteObjectAsync(PodView view, CancellationToken cancellationToken)
    {
        await statusWriter.FlushAsync();
        try
        {
            var request = new DeleteRequest { GracePeriodSeconds = 0, Uid = view.Pod.Metadata.Uid };
            await services.Client.DeleteAsync<Pod>(ObjectKey.Of(view.Pod), request, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // Somebody else removed it, or another pod has the name by now: this one is no more.
            return static after => after with { Gone = true };
        }

        // Finalizers may keep the object; it is not asked for again and again.
        return after => after with { TearDownObstacle = Next(after.TearDownObstacle, "WaitingForFinalizers", "", s_pullRetry) };
    }

    private async Task<Func<PodView, PodView>> TearingDownAsync(PodView view, Func<Task<Func<PodView, PodView>>> step)
    {
        try
        {
            var apply = await step();
            return after => apply(after with { TearDownObstacle = null });
        }
        catch (Exception e) when (e is RuntimeException or ApiException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            services.Events.Warning(view.Pod, "FailedKillPod", $"error killing pod: {e.Message}");
            worker.InspectAll();
            return after => after with { TearDownObstacle = Next(after.TearDownObstacle, "FailedKillPod", e.Message, s_retry) };
        }
    }

    private DownwardValues Downward(PodView view) => new(view.Pod, PodAddresses(view), services.Identity.Addresses, services.Allocatable);

    private IReadOnlyList<string> PodAddresses(PodView view) =>
        view.Pod.Spec.HostNetwork ? services.Identity.Addresses : view.Runtime.Sandbox is { } sandbox ? sandbox.Addresses : [];

    private Obstacle Next(Obstacle? previous, string reason, string message, Backoff backoff)
    {
        var failures = previous?.Reason == reason ? previous.Failures + 1 : 1;
        return new Obstacle(reason, message, Now, Now + backoff.Delay(failures), failures);
    }
}
