using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Minke.Node.Cgroups;
using Minke.Node.Images;
using Minke.Node.Pods;
using Minke.Node.Registration;
using Minke.Node.Runtime;
using Minke.Node.Volumes;

namespace Minke.Node;

/// <summary>Where one container of a pod is.</summary>
/// <param name="Pod">The pod as the agent knows it; frozen.</param>
/// <param name="LogPath">The file that the runtime writes the container's output to.</param>
public sealed record ContainerLocation(Pod Pod, string ContainerId, string SandboxId, string LogPath, bool IsRunning);

/// <summary>
/// The node agent: registers this machine as a node and runs the pods that are bound to it. It may be stopped at any instruction; containers run on,
/// and the next start takes them over. Stopping it never stops a pod.
/// </summary>
public sealed class NodeAgent
{
    private const string Component = "kubelet"; // the name that tools look for in events about pods

    private readonly NodeRegistration _registration;
    private readonly PodDirector _director;
    private readonly Informer<Pod> _pods;
    private readonly EventRecorder _recorder;

    public NodeAgent(
        NodeAgentOptions options,
        MachineFacts machine,
        IContainerRuntime runtime,
        IPodCgroups cgroups,
        IObjectClient client,
        TimeProvider time,
        Ids ids,
        ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<NodeAgent>();
        var description = new NodeDescription(options, machine);
        var paths = new PodPaths(options);
        _recorder = new EventRecorder(client, Component, options.NodeName, time, ids, logger);
        var events = new PodEvents(_recorder);
        _registration = new NodeRegistration(options, description, runtime, client, time, logger);
        _director = new PodDirector(new PodServices
        {
            Options = options,
            Machine = machine,
            Identity = new NodeIdentity(options.NodeName, options.Addresses, RuntimeName: ""),
            Allocatable = description.Allocatable,
            Runtime = runtime,
            Client = client,
            Images = new ImagePuller(runtime, new RegistryCredentials(client), events, time),
            Volumes = new PodVolumes(paths, client, time),
            Cgroups = cgroups,
            Paths = paths,
            Events = events,
            Routes = new RuntimeRoutes(),
            Time = time,
            Logger = logger,
        });
        var select = new ListRequest { FieldSelector = $"spec.nodeName={options.NodeName}" };
        _pods = new Informer<Pod>(client, new InformerOptions<Pod> { Select = select, Newest = true }, time, ids, logger);
        _pods.AddHandler(_director.OnChange);
    }

    /// <summary>
    /// Runs until cancelled. Pods are touched only once the runtime told what it has from before, and what has no pod any more is removed only once the
    /// API told all pods.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new List<Task> { _recorder.RunAsync(stop.Token), _registration.RunStatusAsync(stop.Token), _registration.RunLeaseAsync(stop.Token), RunPodsAsync(stop.Token) };
        try
        {
            // None of them ends by itself: the first that does has failed, and the agent with it.
            await await Task.WhenAny(tasks);
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Finds a container of a pod on this node; null when there is none.</summary>
    /// <param name="previous">The one before the newest, as <c>kubectl logs --previous</c> asks for.</param>
    public ContainerLocation? FindContainer(string @namespace, string podName, string container, bool previous)
    {
        foreach (var view in FindViews(@namespace, podName))
        {
            if ((previous ? view.Runtime.Previous(container) : view.Runtime.Latest(container)) is { } found)
            {
                return new ContainerLocation(view.Pod, found.Id, found.SandboxId, found.LogPath, found.State == ContainerRunState.Running);
            }
        }

        return null;
    }

    /// <summary>The sandbox that a pod's ports are reached through; null when it is not running.</summary>
    public string? FindSandbox(string @namespace, string podName) =>
        FindViews(@namespace, podName).Select(static view => view.Runtime.Sandbox).FirstOrDefault(static sandbox => sandbox is { Ready: true })?.Id;

    /// <summary>The pod of this name on this node, as the API told it last; frozen. Null when there is none.</summary>
    public Pod? FindPod(string @namespace, string podName) => FindViews(@namespace, podName).FirstOrDefault()?.Pod;

    /// <summary>All pods on this node, as the API told them last; frozen.</summary>
    public IReadOnlyList<Pod> Pods => [.. _director.Views.Where(static view => !view.Gone).Select(static view => view.Pod)];

    private IEnumerable<PodView> FindViews(string @namespace, string podName) =>
        _director.Views.Where(view => view.Pod.Metadata.Name == podName && view.Pod.Metadata.Namespace == @namespace).OrderBy(static view => view.Gone);

    private async Task RunPodsAsync(CancellationToken cancellationToken)
    {
        await _director.PrepareAsync(cancellationToken);
        var events = _director.RunEventsAsync(cancellationToken);
        var relists = _director.RunRelistsAsync(cancellationToken);
        var informer = _pods.RunAsync(cancellationToken);
        try
        {
            await _pods.WhenSyncedAsync(cancellationToken);
            _director.RemoveOrphans();
            await await Task.WhenAny(events, relists, informer);
        }
        finally
        {
            await Task.WhenAll(events, relists, informer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await _director.WhenStoppedAsync();
        }
    }
}
