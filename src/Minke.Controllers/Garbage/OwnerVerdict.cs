using Minke.Api.Meta;

namespace Minke.Controllers.Garbage;

/// <summary>How the owners of an object stand.</summary>
/// <param name="Solid">They exist and keep it.</param>
/// <param name="Absent">They are gone.</param>
/// <param name="Waiting">They are being deleted and wait for it to go first.</param>
internal sealed record OwnerVerdict(IReadOnlyList<OwnerReference> Solid, IReadOnlyList<OwnerReference> Absent, IReadOnlyList<OwnerReference> Waiting);
