using Minke.Api;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Controllers.Tests;

using Node = Minke.Api.Core.Node;

/// <summary>Objects to test with.</summary>
internal static class Given
{
    public static Node Node(string name, string cpu = "4", string memory = "8Gi", int pods = 110)
    {
        var node = new Node();
        node.Metadata.Name = name;
        node.Metadata.Uid = "uid-of-" + name;
        node.Status.Allocatable["cpu"] = cpu;
        node.Status.Allocatable["memory"] = memory;
        node.Status.Allocatable["pods"] = Quantity.FromUnits(pods);
        node.Status.Conditions.Add(new NodeCondition { Type = "Ready", Status = "True" });
        return node;
    }

    public static Pod Pod(string name, string cpu = "", string memory = "", string node = "")
    {
        var pod = new Pod();
        pod.Metadata.Namespace = "default";
        pod.Metadata.Name = name;
        pod.Metadata.Uid = "uid-of-" + name;
        pod.Spec.NodeName = node;
        pod.Spec.Containers.Add(Container(cpu, memory));
        return pod;
    }

    public static Container Container(string cpu = "", string memory = "")
    {
        var container = new Container { Name = "main", Image = "demo" };
        if (cpu.Length > 0)
        {
            container.Resources.Requests["cpu"] = cpu;
        }

        if (memory.Length > 0)
        {
            container.Resources.Requests["memory"] = memory;
        }

        return container;
    }

    public static ReplicationController Controller(string name, int replicas)
    {
        var controller = new ReplicationController();
        controller.Metadata.Namespace = "default";
        controller.Metadata.Name = name;
        controller.Metadata.Uid = "uid-of-" + name;
        controller.Spec.Replicas = replicas;
        controller.Spec.Selector["app"] = name;
        controller.Spec.Template = new PodTemplateSpec();
        controller.Spec.Template.Metadata.Labels["app"] = name;
        controller.Spec.Template.Spec.Containers.Add(Container());
        return controller;
    }

    public static Pod OwnedBy(this Pod pod, ReplicationController controller)
    {
        pod.Metadata.OwnerReferences.Add(References.ToController(controller));
        foreach (var (key, value) in controller.Spec.Selector)
        {
            pod.Metadata.Labels[key] = value;
        }

        return pod;
    }

    public static Pod Running(this Pod pod, string node, DateTimeOffset? readySince)
    {
        pod.Spec.NodeName = node;
        pod.Status.Phase = "Running";
        pod.Status.Conditions.Add(new PodCondition { Type = "Ready", Status = readySince is null ? "False" : "True", LastTransitionTime = readySince });
        return pod;
    }
}
