using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Api.Coordination;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Simulation.Cluster;

using Node = Minke.Api.Core.Node;

/// <summary>
/// The least that a node agent does: registers its node and renews its lease, starts and restarts the containers of the pods bound to it, reports them,
/// and stops and removes pods that are deleted. Its only memory is the machine.
/// </summary>
public sealed class SimAgent
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(10);

    private readonly SimMachine _machine;
    private readonly IObjectClient _client;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Informer<Pod> _pods;
    private readonly WorkQueue<ObjectKey> _queue;

    public SimAgent(SimMachine machine, IObjectClient client, Random random, TimeProvider time, Ids ids, ILogger logger)
    {
        _machine = machine;
        _client = client;
        _random = random;
        _time = time;
        _logger = logger;
        _queue = new WorkQueue<ObjectKey>(new WorkQueueOptions(), time);
        var mine = new InformerOptions<Pod> { Select = new ListRequest { FieldSelector = "spec.nodeName=" + machine.Name } };
        _pods = new Informer<Pod>(client, mine, time, ids, logger);
        _pods.AddHandler(change => _queue.Add(change.Key));
    }

    public Task RunAsync(CancellationToken cancellationToken)
    {
        _machine.Exited = key => _queue.Add(key);
        return Together.RunAsync(cancellationToken, _pods.RunAsync, HeartbeatAsync, WorkAsync);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await _pods.WhenSyncedAsync(cancellationToken);
        foreach (var pod in _machine.Pods)
        {
            _queue.Add(pod.Key);
        }

        await new Reconciler<ObjectKey>("agent " + _machine.Name, _queue, ReconcileAsync, () => _pods.Lister.Keys, _logger).RunAsync(4, cancellationToken);
    }

    private async Task<Reconciled> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var pod = _pods.Lister.Get(key);
        foreach (var stale in _machine.Pods.Where(known => known.Key == key && known.Uid != pod?.Metadata.Uid).ToList())
        {
            await TakeTimeAsync(500, cancellationToken);
            _machine.Remove(stale.Uid);
        }

        if (pod is null)
        {
            return Reconciled.Done;
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            await StopAsync(pod, cancellationToken);
        }
        else
        {
            await RunPodAsync(pod, cancellationToken);
        }

        return Reconciled.Done;
    }

    private async Task StopAsync(Pod pod, CancellationToken cancellationToken)
    {
        await TakeTimeAsync(2000, cancellationToken);
        _machine.Remove(pod.Metadata.Uid);
        try
        {
            await _client.DeleteAsync<Pod>(ObjectKey.Of(pod), new DeleteRequest { Uid = pod.Metadata.Uid, GracePeriodSeconds = 0 }, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            return;
        }
    }

    private async Task RunPodAsync(Pod pod, CancellationToken cancellationToken)
    {
        var running = _machine.Find(pod.Metadata.Uid);
        if (running is not { IsUp: true })
        {
            await TakeTimeAsync(300, cancellationToken);
            running = _machine.Start(ObjectKey.Of(pod), pod.Metadata.Uid);
        }

        var known = pod.Status.ContainerStatuses.FirstOrDefault();
        if (pod.Status.Phase == "Running" && known is { Ready: true } && known.RestartCount == running.Restarts)
        {
            return;
        }

        var changed = pod.Clone();
        changed.Status.Phase = "Running";
        changed.Status.PodIP = "10.0.0.1";
        changed.Status.ContainerStatuses.Clear();
        changed.Status.ContainerStatuses.Add(new ContainerStatus { Name = pod.Spec.Containers[0].Name, Ready = true, RestartCount = running.Restarts });
        changed.Status.Conditions.RemoveAll(static condition => condition.Type == "Ready");
        changed.Status.Conditions.Add(new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = _time.GetUtcNow() });
        await _client.UpdateStatusAsync(changed, cancellationToken);
    }

    private async Task HeartbeatAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await RegisterAsync(cancellationToken);
                await RenewLeaseAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                SimLog.HeartbeatFailed(_logger, exception, _machine.Name);
            }

            await Task.Delay(s_heartbeat, _time, cancellationToken);
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        Node node;
        try
        {
            node = await _client.GetAsync<Node>(new ObjectKey("", _machine.Name), cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            var made = new Node();
            made.Metadata.Name = _machine.Name;
            node = await _client.CreateAsync(made, cancellationToken);
        }

        if (node.Status.Conditions.All(static condition => condition.Type != "Ready" || condition.Status != "True"))
        {
            var ready = node.Clone();
            ready.Status.Allocatable["cpu"] = SimCluster.CpuPerNode;
            ready.Status.Allocatable["memory"] = "8Gi";
            ready.Status.Allocatable["pods"] = "20";
            ready.Status.Conditions.RemoveAll(static condition => condition.Type == "Ready");
            ready.Status.Conditions.Add(new NodeCondition { Type = "Ready", Status = "True", LastHeartbeatTime = _time.GetUtcNow(), LastTransitionTime = _time.GetUtcNow() });
            await _client.UpdateStatusAsync(ready, cancellationToken);
        }
    }

    private async Task RenewLeaseAsync(CancellationToken cancellationToken)
    {
        var key = new ObjectKey("kube-node-lease", _machine.Name);
        try
        {
            var lease = (await _client.GetAsync<Lease>(key, cancellationToken)).Clone();
            lease.Spec.RenewTime = _time.GetUtcNow();
            await _client.UpdateAsync(lease, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            var lease = new Lease();
            lease.Metadata.Namespace = key.Namespace;
            lease.Metadata.Name = key.Name;
            lease.Spec.HolderIdentity = _machine.Name;
            lease.Spec.LeaseDurationSeconds = 40;
            lease.Spec.RenewTime = _time.GetUtcNow();
            await _client.CreateAsync(lease, cancellationToken);
        }
    }

    private Task TakeTimeAsync(int millisecondsMax, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(_random.Next(millisecondsMax)), _time, cancellationToken);
}
