using System.Collections.Immutable;
using Minke.Api.Core;
using Minke.Client;

namespace Minke.Scheduler;

/// <summary>A port of the node that a pod takes. An address of all zeros means every address.</summary>
public readonly record struct HostPort(string Protocol, string Address, int Port)
{
    public bool CollidesWith(HostPort other) =>
        Port == other.Port && Protocol == other.Protocol && (Address == other.Address || IsAny(Address) || IsAny(other.Address));

    private static bool IsAny(string address) => address is "" or "0.0.0.0" or "::";
}

/// <summary>What the scheduler has worked out about a pod once, so that each node is checked quickly. Immutable.</summary>
public sealed class PodModel
{
    public PodModel(Pod pod)
    {
        Pod = pod;
        Key = ObjectKey.Of(pod);
        Requests = PodRequests.Of(pod.Spec);
        ScoringRequests = PodRequests.ForScoring(pod.Spec);
        HostPorts = PortsOf(pod.Spec);
        ControllerUid = pod.Metadata.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true)?.Uid;
    }

    public Pod Pod { get; }
    public ObjectKey Key { get; }
    public string Uid => Pod.Metadata.Uid;
    public int Priority => Pod.Spec.Priority ?? 0;
    public ResourceAmounts Requests { get; }
    public ResourceAmounts ScoringRequests { get; }
    public ImmutableArray<HostPort> HostPorts { get; }

    /// <summary>The uid of the controller that made the pod; null when it stands alone.</summary>
    public string? ControllerUid { get; }

    private static ImmutableArray<HostPort> PortsOf(PodSpec spec)
    {
        var sidecars = spec.InitContainers.Where(static container => container.RestartPolicy == "Always");
        return
        [
            .. spec.Containers.Concat(sidecars)
                .SelectMany(static container => container.Ports)
                .Select(port => (Declared: port, Number: port.HostPort != 0 ? port.HostPort : spec.HostNetwork ? port.Port : 0))
                .Where(static port => port.Number > 0)
                .Select(static port => new HostPort(port.Declared.Protocol.Length == 0 ? "TCP" : port.Declared.Protocol, port.Declared.HostIP, port.Number)),
        ];
    }
}
