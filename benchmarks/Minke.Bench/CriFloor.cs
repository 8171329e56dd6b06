using Microsoft.Extensions.Logging.Abstractions;
using Minke.Host;
using Minke.Node.Images;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Benchmarks;

/// <summary>
/// What the container runtime alone needs to start a pod of one container: RunPodSandbox, CreateContainer and StartContainer, one after the other. No program
/// that starts pods through CRI can be faster.
/// </summary>
internal static class CriFloor
{
    public const int Rounds = 20;

    public static async Task<Figure> RunAloneAsync(string binary, CancellationToken cancellationToken)
    {
        await using var instance = new BenchInstance(binary);
        await instance.UpAsync(cancellationToken);
        return await RunAsync(instance, cancellationToken);
    }

    /// <summary>Ends the instance's Minke first, which would remove the pods that it does not know.</summary>
    public static async Task<Figure> RunAsync(BenchInstance instance, CancellationToken cancellationToken)
    {
        await instance.StopMinkeOnlyAsync(cancellationToken);
        using var runtime = new CriRuntime(instance.RuntimeSocket, TimeProvider.System, NullLogger<CriRuntime>.Instance);
        var samples = new List<double>();
        try
        {
            for (var round = 0; round < Rounds + 1; round++)
            {
                samples.Add(await StartPodAsync(runtime, instance, round, cancellationToken));
            }
        }
        finally
        {
            await CgroupTree.RemoveAsync(CgroupName(instance), TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None);
        }

        // The first one warms the runtime up.
        return new Figure("cri-floor", Figure.Median(samples.Skip(1)), "ms");
    }

    private static string CgroupName(BenchInstance instance) => Path.GetFileName(instance.DataDirectory);

    private static async Task<double> StartPodAsync(CriRuntime runtime, BenchInstance instance, int round, CancellationToken cancellationToken)
    {
        var pod = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = $"floor-{round}", Uid = $"floor-{round}", Namespace = "default" },
            Hostname = $"floor-{round}",
            LogDirectory = Path.Combine(instance.DataDirectory, "logs", $"floor-{round}"),
            Linux = new LinuxPodSandboxConfig { CgroupParent = "/" + CgroupName(instance) },
        };
        var container = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = "main" },
            Image = new ImageSpec { Image = BuiltInImages.DemoReference },
            LogPath = "main.log",
            Linux = new LinuxContainerConfig(),
        };
        container.Command.AddRange(["sleep", "100000"]);
        Directory.CreateDirectory(pod.LogDirectory);

        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var sandboxId = await runtime.RunPodSandboxAsync(pod, "", cancellationToken);
        var containerId = await runtime.CreateContainerAsync(sandboxId, container, pod, cancellationToken);
        await runtime.StartContainerAsync(containerId, cancellationToken);
        var milliseconds = time.GetElapsedTime(start).TotalMilliseconds;

        await runtime.StopContainerAsync(containerId, TimeSpan.Zero, cancellationToken);
        await runtime.StopPodSandboxAsync(sandboxId, cancellationToken);
        await runtime.RemovePodSandboxAsync(sandboxId, cancellationToken);
        return milliseconds;
    }
}
