using Minke.Api.Core;
using Minke.Client;

namespace Minke.Simulation.Cluster;

/// <summary>What the simulated users run, and when all of it is as they asked.</summary>
public static class Workload
{
    public const string Namespace = "default";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    public static ReplicationController Controller(string name, int replicas)
    {
        var controller = new ReplicationController();
        controller.Metadata.Namespace = Namespace;
        controller.Metadata.Name = name;
        controller.Spec.Replicas = replicas;
        controller.Spec.Selector["app"] = name;
        controller.Spec.Template = new PodTemplateSpec();
        controller.Spec.Template.Metadata.Labels["app"] = name;
        var container = new Container { Name = "main", Image = "demo" };
        container.Resources.Requests["cpu"] = "500m";
        controller.Spec.Template.Spec.Containers.Add(container);
        return controller;
    }

    /// <summary>Waits until every controller has its replicas running and ready, and nothing is left of controllers that are gone.</summary>
    public static Task UntilConvergedAsync(SimCluster cluster) =>
        cluster.Loop.UntilAsync(() => Divergence(cluster) is null, () => $"the cluster to converge; {Divergence(cluster)}", s_patience);

    /// <summary>What is not as it should be; null when all is.</summary>
    public static string? Divergence(SimCluster cluster)
    {
        var state = cluster.Invariants;
        foreach (var controller in state.Controllers)
        {
            var wanted = controller.Spec.Replicas ?? 1;
            var running = state.Pods.Count(pod => IsOwnedBy(pod, controller) && pod.Status.Phase == "Running" && pod.Metadata.DeletionTimestamp is null);
            var all = state.Pods.Count(pod => IsOwnedBy(pod, controller) && !HasEnded(pod));
            var said = controller.Status;
            if (controller.Metadata.DeletionTimestamp is not null)
            {
                return $"{controller.Metadata.Name} is still being deleted, finalizers {string.Join(',', controller.Metadata.Finalizers)}";
            }

            if (running != wanted || all != wanted || said.Replicas != wanted || said.ReadyReplicas != wanted)
            {
                return $"{controller.Metadata.Name} wants {wanted}, {running} run of {all} pods, its status says {said.Replicas} and {said.ReadyReplicas} ready";
            }
        }

        return StrayPod(state) ?? MachineDivergence(cluster);
    }

    private static bool HasEnded(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    private static bool IsOwnedBy(Pod pod, ReplicationController controller) => References.ControllerOf(pod)?.Uid == controller.Metadata.Uid;

    private static string? StrayPod(ClusterInvariants state)
    {
        var alive = state.Controllers.Select(static controller => controller.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        var stray = state.Pods.FirstOrDefault(pod => References.ControllerOf(pod) is { } owner && !alive.Contains(owner.Uid));
        return stray is null ? null : $"{stray.Metadata.Name} is left of a controller that is gone";
    }

    private static string? MachineDivergence(SimCluster cluster)
    {
        foreach (var machine in cluster.Machines)
        {
            var told = cluster.Invariants.Pods.Where(pod => pod.Spec.NodeName == machine.Name && !HasEnded(pod)).Select(static pod => pod.Metadata.Uid).Order(StringComparer.Ordinal);
            var real = machine.RunningPods;
            if (!told.SequenceEqual(real))
            {
                return $"{machine.Name} runs {string.Join(',', real)}, but ought to run {string.Join(',', told)}";
            }
        }

        return null;
    }
}
