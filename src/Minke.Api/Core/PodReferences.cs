namespace Minke.Api.Core;

/// <summary>What the containers of a pod refer to, by name; built once, so that many containers and many volumes do not multiply.</summary>
internal sealed class PodReferences(PodSpec spec)
{
    public PodSpec Spec => spec;

    public IReadOnlyDictionary<string, Volume> Volumes =>
        field ??= spec.Volumes.DistinctBy(volume => volume.Name, StringComparer.Ordinal).ToDictionary(volume => volume.Name, StringComparer.Ordinal);

    public IReadOnlySet<string> ResourceClaims => field ??= spec.ResourceClaims.Select(claim => claim.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The containers that a debugging container can look into.</summary>
    public IReadOnlySet<string> Targets =>
        field ??= spec.Containers.Concat(spec.InitContainers).Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
}
