using Microsoft.Extensions.Logging;
using Minke.Api;
using Minke.Client;
using Minke.Node.Cgroups;
using Minke.Node.Images;
using Minke.Node.Runtime;
using Minke.Node.Volumes;

namespace Minke.Node.Pods;

/// <summary>What all pods' workers share.</summary>
internal sealed record PodServices
{
    public required NodeAgentOptions Options { get; init; }
    public required MachineFacts Machine { get; init; }
    public required NodeIdentity Identity { get; init; }
    public required IReadOnlyDictionary<string, Quantity> Allocatable { get; init; }
    public required IContainerRuntime Runtime { get; init; }
    public required IObjectClient Client { get; init; }
    public required ImagePuller Images { get; init; }
    public required PodVolumes Volumes { get; init; }
    public required IPodCgroups Cgroups { get; init; }
    public required PodPaths Paths { get; init; }
    public required PodEvents Events { get; init; }
    public required RuntimeRoutes Routes { get; init; }
    public required TimeProvider Time { get; init; }
    public required ILogger Logger { get; init; }
}
