using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Simulation.Cluster;

/// <summary>
/// Users who do this and that while things go wrong, as the seed has it: controllers are made, scaled and deleted, pods and node records deleted, containers
/// and components crash, calls and watches are lost.
/// </summary>
public sealed class Storm
{
    private const int ReplicasMax = 5;

    private static readonly string[] s_names = ["web", "db", "job"];
    private static readonly string[] s_policies = ["Background", "Foreground", "Orphan"];

    private readonly SimCluster _cluster;
    private readonly Random _random;
    private readonly List<(TimeSpan At, SimProcess Process)> _restarts = [];
    private readonly (int Weight, Func<CancellationToken, Task> Act)[] _actions;

    public Storm(SimCluster cluster)
    {
        _cluster = cluster;
        _random = new Random(cluster.Loop.Seed + 2);
        _actions =
        [
            (6, CreateOrScaleAsync),
            (2, DeleteControllerAsync),
            (4, DeletePodAsync),
            (2, ReleasePodAsync),
            (1, DeleteNodeAsync),
            (3, CordonAsync),
            (6, CrashContainerAsync),
            (4, CrashProcessAsync),
            (2, RestartServerAsync),
            (3, DropStoreWatchesAsync),
            (3, ChangeRatesAsync),
        ];
    }

    /// <summary>Rages for so long and then sees to it that everything runs again and that calls arrive.</summary>
    public async Task RageAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var end = _cluster.Loop.Time.Elapsed + duration;
        while (_cluster.Loop.Time.Elapsed < end)
        {
            await Task.Delay(TimeSpan.FromSeconds(3) * _random.NextDouble(), _cluster.Loop.Time, cancellationToken);
            StartDue(_cluster.Loop.Time.Elapsed);
            await ActAsync(cancellationToken);
            if (_cluster.Invariants.Violation is { } violation)
            {
                throw new InvalidOperationException(violation);
            }
        }

        await CalmAsync(cancellationToken);
    }

    private async Task CalmAsync(CancellationToken cancellationToken)
    {
        _cluster.Note("calm");
        _cluster.Faults.Stop();
        SetStoreFaults(0);
        StartDue(TimeSpan.MaxValue);
        foreach (var node in _cluster.Invariants.Nodes.Where(static node => node.Spec.Unschedulable).ToList())
        {
            await SetUnschedulableAsync(node.Metadata.Name, false, cancellationToken);
        }
    }

    private void StartDue(TimeSpan now)
    {
        foreach (var (_, process) in _restarts.Where(restart => restart.At <= now))
        {
            _cluster.Note("start " + process.Name);
            process.Start();
        }

        _restarts.RemoveAll(restart => restart.At <= now);
    }

    private async Task ActAsync(CancellationToken cancellationToken)
    {
        var draw = _random.Next(_actions.Sum(static action => action.Weight));
        foreach (var (weight, act) in _actions)
        {
            draw -= weight;
            if (draw < 0)
            {
                await TryAsync(act, cancellationToken);
                return;
            }
        }
    }

    /// <summary>Users meet conflicts, missing objects and a store that does not answer, and shrug.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
        }
        catch (ApiException exception)
        {
            _cluster.Note("refused: " + exception.Message);
        }
    }

    private async Task CreateOrScaleAsync(CancellationToken cancellationToken)
    {
        var name = Pick(s_names);
        var replicas = _random.Next(ReplicasMax + 1);
        var known = _cluster.Invariants.Controllers.FirstOrDefault(controller => controller.Metadata.Name == name);
        _cluster.Note($"{(known is null ? "create" : "scale")} {name} to {replicas}");
        if (known is null)
        {
            await _cluster.User.CreateAsync(Workload.Controller(name, replicas), cancellationToken);
            return;
        }

        var changed = (await _cluster.User.GetAsync<ReplicationController>(ObjectKey.Of(known), cancellationToken)).Clone();
        changed.Spec.Replicas = replicas;
        await _cluster.User.UpdateAsync(changed, cancellationToken);
    }

    private async Task DeleteControllerAsync(CancellationToken cancellationToken)
    {
        if (PickOrNull(_cluster.Invariants.Controllers) is { } controller)
        {
            var policy = Pick(s_policies);
            _cluster.Note($"delete {controller.Metadata.Name}, {policy}");
            await _cluster.User.DeleteAsync<ReplicationController>(ObjectKey.Of(controller), new DeleteRequest { PropagationPolicy = policy }, cancellationToken);
        }
    }

    private async Task DeletePodAsync(CancellationToken cancellationToken)
    {
        if (PickOrNull(_cluster.Invariants.Pods) is { } pod)
        {
            _cluster.Note("delete pod " + pod.Metadata.Name);
            await _cluster.User.DeleteAsync<Pod>(ObjectKey.Of(pod), new DeleteRequest { GracePeriodSeconds = _random.Next(2) * 5 }, cancellationToken);
        }
    }

    /// <summary>A pod's label changes, so that its controller lets it go; its new owner, a person, then deletes it.</summary>
    private async Task ReleasePodAsync(CancellationToken cancellationToken)
    {
        if (PickOrNull(_cluster.Invariants.Pods) is not { } pod)
        {
            return;
        }

        _cluster.Note("take pod " + pod.Metadata.Name + " away from its controller");
        var changed = (await _cluster.User.GetAsync<Pod>(ObjectKey.Of(pod), cancellationToken)).Clone();
        changed.Metadata.Labels["app"] = "mine";
        await _cluster.User.UpdateAsync(changed, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2) * _random.NextDouble(), _cluster.Loop.Time, cancellationToken);
        await _cluster.User.DeleteAsync<Pod>(ObjectKey.Of(pod), new DeleteRequest(), cancellationToken);
    }

    /// <summary>A node's record goes while its agent is down, or under the agent's feet; the agent registers it again some time.</summary>
    private async Task DeleteNodeAsync(CancellationToken cancellationToken)
    {
        var index = _random.Next(_cluster.Machines.Count);
        if (_random.Next(2) == 0)
        {
            await CrashAsync(_cluster.Agents[index]);
        }

        _cluster.Note("delete node " + _cluster.Machines[index].Name);
        await _cluster.User.DeleteAsync<Api.Core.Node>(new ObjectKey("", _cluster.Machines[index].Name), new DeleteRequest(), cancellationToken);
    }

    private Task CordonAsync(CancellationToken cancellationToken) =>
        SetUnschedulableAsync(_cluster.Machines[_random.Next(_cluster.Machines.Count)].Name, _random.Next(3) == 0, cancellationToken);

    private async Task SetUnschedulableAsync(string name, bool unschedulable, CancellationToken cancellationToken)
    {
        var node = (await _cluster.User.GetAsync<Api.Core.Node>(new ObjectKey("", name), cancellationToken)).Clone();
        if (node.Spec.Unschedulable != unschedulable)
        {
            _cluster.Note($"{(unschedulable ? "cordon" : "uncordon")} {name}");
            node.Spec.Unschedulable = unschedulable;
            node.Metadata.ResourceVersion = "";
            await _cluster.User.UpdateAsync(node, cancellationToken);
        }
    }

    private Task CrashContainerAsync(CancellationToken cancellationToken)
    {
        var machine = _cluster.Machines[_random.Next(_cluster.Machines.Count)];
        if (PickOrNull(machine.Running) is { } container)
        {
            _cluster.Note($"{container.Id} on {machine.Name} crashes");
            machine.Runtime.Exit(container, exitCode: 1);
        }

        return Task.CompletedTask;
    }

    private Task CrashProcessAsync(CancellationToken cancellationToken) => CrashAsync(_cluster.Processes[_random.Next(_cluster.Processes.Count)]);

    private async Task CrashAsync(SimProcess process)
    {
        if (process.IsRunning)
        {
            // Short of the time after which a node counts as lost, and now and then beyond it.
            var pause = TimeSpan.FromSeconds(_random.Next(8) == 0 ? 90 : 10) * _random.NextDouble();
            _cluster.Note($"crash {process.Name} for {pause}");
            _restarts.Add((_cluster.Loop.Time.Elapsed + pause, process));
            await process.CrashAsync();
        }
    }

    private async Task RestartServerAsync(CancellationToken cancellationToken)
    {
        _cluster.Note("restart the API server");
        await _cluster.RestartServerAsync(TimeSpan.FromSeconds(3) * _random.NextDouble(), cancellationToken);
    }

    private Task DropStoreWatchesAsync(CancellationToken cancellationToken)
    {
        _cluster.Note("drop the store's watches");
        _cluster.Store.DropWatches();
        return Task.CompletedTask;
    }

    private Task ChangeRatesAsync(CancellationToken cancellationToken)
    {
        var severity = _random.Next(3) == 0 ? 0.1 * _random.NextDouble() : 0;
        _cluster.Note(FormattableString.Invariant($"faults at {severity:0.000}"));
        _cluster.Faults.LostCalls = severity;
        _cluster.Faults.LostAnswers = severity;
        _cluster.Faults.BrokenWatches = severity;
        _cluster.Faults.FailedRuntimeCalls = severity;
        SetStoreFaults(severity / 2);
        return Task.CompletedTask;
    }

    private void SetStoreFaults(double rate)
    {
        _cluster.Store.Faults.LostWriteRate = rate;
        _cluster.Store.Faults.LostAnswerRate = rate;
        _cluster.Store.Faults.FailedReadRate = rate;
        _cluster.Store.Faults.DroppedWatchRate = rate;
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private T? PickOrNull<T>(IEnumerable<T> items)
        where T : class
    {
        var all = items.ToList();
        return all.Count == 0 ? null : Pick(all);
    }
}
