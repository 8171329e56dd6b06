using System.IO.Compression;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Node.Containers;
using Minke.Node.Logs;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;
using Cri = Minke.Node.Runtime.V1;
using Minke.Node.Tests.Runtime;

namespace Minke.Node.Tests.Logs;

/// <summary>Rotation of the log of a real container that writes without end.</summary>
public sealed class LogRotatorTests(ContainerdFixture containerd)
{
    private const long MaxBytes = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 90_000)]
    public async Task GrowingLog_IsPutAside_Compressed_AndRemovedAtLast()
    {
        var runtime = await containerd.RuntimeAsync(Token);
        var time = new SteppedClock();
        var rotator = new LogRotator(runtime, "rotating-node", new LogRotation(MaxBytes, 4, TimeSpan.FromSeconds(10)), time, NullLogger<LogRotator>.Instance);
        var (sandbox, log) = await StartWriterAsync(runtime);
        for (var round = 0; round < 6; round++)
        {
            await GrowAsync(log);
            time.Step();
            await rotator.RotateAllAsync(Token);
            Assert.True(new FileInfo(log).Length < MaxBytes, $"the log has {new FileInfo(log).Length} bytes after rotation {round}");
        }

        var rotated = Directory.GetFiles(Path.GetDirectoryName(log)!, "main.log.2026*").Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["main.log.20260101-000004.gz", "main.log.20260101-000005.gz", "main.log.20260101-000006"], rotated);
        await using var zipped = new GZipStream(File.OpenRead($"{log}.20260101-000004.gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(zipped);
        Assert.Contains(" stdout F line", await reader.ReadLineAsync(Token), StringComparison.Ordinal);
        await runtime.StopPodSandboxAsync(sandbox, Token);
        await runtime.RemovePodSandboxAsync(sandbox, Token);
    }

    [Fact(Timeout = 90_000)]
    public async Task ContainerOfAnotherNode_IsLeftAlone()
    {
        var runtime = await containerd.RuntimeAsync(Token);
        var rotator = new LogRotator(runtime, "other-node", new LogRotation(1, 4, TimeSpan.FromSeconds(10)), TimeProvider.System, NullLogger<LogRotator>.Instance);
        var (sandbox, log) = await StartWriterAsync(runtime);
        await GrowAsync(log);

        await rotator.RotateAllAsync(Token);

        Assert.True(new FileInfo(log).Length >= MaxBytes);
        await runtime.StopPodSandboxAsync(sandbox, Token);
        await runtime.RemovePodSandboxAsync(sandbox, Token);
    }

    private async Task<(string Sandbox, string Log)> StartWriterAsync(CriRuntime runtime)
    {
        var name = $"rotate-{Guid.CreateVersion7():N}";
        var sandboxConfig = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "test", Uid = name },
            Labels = { [RuntimeLabels.Node] = "rotating-node" },
            LogDirectory = Path.Combine(containerd.Directory, "logs", name),
            Linux = new LinuxPodSandboxConfig { CgroupParent = $"/minke-node-tests-{Environment.ProcessId}" },
        };
        var sandbox = await runtime.RunPodSandboxAsync(sandboxConfig, "", Token);
        var config = new Cri.ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = "main" },
            Image = new ImageSpec { Image = ContainerdFixture.Image },
            LogPath = "main.log",
            Command = { "sh", "-c", "while true; do echo line of some length that fills the log; sleep 0.001; done" },
            Linux = new LinuxContainerConfig(),
        };
        var id = await runtime.CreateContainerAsync(sandbox, config, sandboxConfig, Token);
        await runtime.StartContainerAsync(id, Token);
        return (sandbox, Path.Combine(sandboxConfig.LogDirectory, "main.log"));
    }

    private static async Task GrowAsync(string log)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        var length = 0L;
        while (length < MaxBytes)
        {
            Assert.False(timeout.IsCancellationRequested, $"the log has only {length} bytes after 20 s");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
            length = File.Exists(log) ? new FileInfo(log).Length : 0;
        }
    }

    /// <summary>Stands still but for its steps of one second, so that each rotation has a name of its own.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Step() => _now += TimeSpan.FromSeconds(1);
    }
}
