using System.Globalization;
using Minke.Node.Containers;

namespace Minke.Node.Pods;

/// <summary>From the runtime's answers to snapshots.</summary>
internal static class RuntimeSnapshots
{
    public static SandboxSnapshot Of(Cri.PodSandboxStatus status) => new()
    {
        Id = status.Id,
        Attempt = (int)(status.Metadata?.Attempt ?? 0),
        Ready = status.State == Cri.PodSandboxState.SandboxReady,
        CreatedAt = Time(status.CreatedAt) ?? default,
        Addresses = [.. (status.Network?.AdditionalIps.Select(static ip => ip.Ip) ?? []).Prepend(status.Network?.Ip ?? "").Where(static ip => ip.Length > 0)],
    };

    public static ContainerSnapshot Of(Cri.ContainerStatus status, string sandboxId) => new()
    {
        Id = status.Id,
        SandboxId = sandboxId,
        Name = status.Metadata?.Name ?? "",
        Attempt = (int)(status.Metadata?.Attempt ?? 0),
        BackoffLevel = Number(status, RuntimeLabels.BackoffLevel),
        Hash = status.Annotations.TryGetValue(RuntimeLabels.Hash, out var hash) ? hash : "",
        State = status.State switch
        {
            Cri.ContainerState.ContainerCreated => ContainerRunState.Created,
            Cri.ContainerState.ContainerRunning => ContainerRunState.Running,
            Cri.ContainerState.ContainerExited => ContainerRunState.Exited,
            _ => ContainerRunState.Unknown,
        },
        CreatedAt = Time(status.CreatedAt) ?? default,
        StartedAt = Time(status.StartedAt),
        FinishedAt = Time(status.FinishedAt),
        ExitCode = status.ExitCode,
        Reason = status.Reason,
        Message = status.State == Cri.ContainerState.ContainerExited ? TerminationMessage.Of(status) : "",
        Image = status.Image?.UserSpecifiedImage is { Length: > 0 } named ? named : status.Image?.Image ?? "",
        ImageId = status.ImageRef,
        LogPath = status.LogPath,
    };

    private static int Number(Cri.ContainerStatus status, string annotation) =>
        status.Annotations.TryGetValue(annotation, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTimeOffset? Time(long nanoseconds) => nanoseconds <= 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
