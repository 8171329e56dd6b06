using System.Globalization;
using Minke.Api.Core;
using Minke.Node.Pods;

namespace Minke.Node.Containers;

/// <summary>What a container is made of, beside its spec.</summary>
public sealed record ContainerInputs
{
    public required Pod Pod { get; init; }
    public required Container Container { get; init; }
    public required int Attempt { get; init; }
    public required int BackoffLevel { get; init; }
    public required Cri.Image Image { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required IReadOnlyList<Cri.Mount> Mounts { get; init; }
    public required long OomScoreAdjust { get; init; }
    public required string SeccompDirectory { get; init; }
}

/// <summary>From a container's spec to the runtime's description of it.</summary>
public static class ContainerConfig
{
    /// <exception cref="PodConfigException">The spec cannot be followed.</exception>
    public static Cri.ContainerConfig For(ContainerInputs inputs)
    {
        var (pod, container) = (inputs.Pod, inputs.Container);
        var config = new Cri.ContainerConfig
        {
            Metadata = new Cri.ContainerMetadata { Name = container.Name, Attempt = (uint)inputs.Attempt },
            Image = new Cri.ImageSpec { Image = inputs.Image.Id, UserSpecifiedImage = container.Image },
            WorkingDir = container.WorkingDir,
            LogPath = PodPaths.LogFile(container.Name, inputs.Attempt),
            Stdin = container.Stdin,
            StdinOnce = container.StdinOnce,
            Tty = container.Tty,
            Linux = new Cri.LinuxContainerConfig
            {
                Resources = LinuxResources.Of(container.Resources),
                SecurityContext = SecuritySettings.ForContainer(pod.Spec, container, inputs.Image, inputs.SeccompDirectory),
            },
        };
        config.Linux.Resources.OomScoreAdj = inputs.OomScoreAdjust;
        config.Command.AddRange(container.Command.Select(word => Expansion.Expand(word, inputs.Environment)));
        config.Args.AddRange(container.Args.Select(word => Expansion.Expand(word, inputs.Environment)));
        config.Envs.AddRange(inputs.Environment.Select(static entry => new Cri.KeyValue { Key = entry.Key, Value = entry.Value }));
        config.Mounts.AddRange(inputs.Mounts);
        SetLabels(config, inputs);
        return config;
    }

    private static void SetLabels(Cri.ContainerConfig config, ContainerInputs inputs)
    {
        var (pod, container) = (inputs.Pod, inputs.Container);
        config.Labels[RuntimeLabels.PodName] = pod.Metadata.Name;
        config.Labels[RuntimeLabels.PodNamespace] = pod.Metadata.Namespace;
        config.Labels[RuntimeLabels.PodUid] = pod.Metadata.Uid;
        config.Labels[RuntimeLabels.ContainerName] = container.Name;
        config.Annotations[RuntimeLabels.Hash] = container.SpecHash;
        config.Annotations[RuntimeLabels.RestartCount] = Number(inputs.Attempt);
        config.Annotations[RuntimeLabels.TerminationMessagePath] = container.TerminationMessagePath;
        config.Annotations[RuntimeLabels.TerminationMessagePolicy] = container.TerminationMessagePolicy;
        config.Annotations[RuntimeLabels.BackoffLevel] = Number(inputs.BackoffLevel);
        if (pod.Spec.TerminationGracePeriodSeconds is { } grace)
        {
            config.Annotations[RuntimeLabels.TerminationGrace] = Number(grace);
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
