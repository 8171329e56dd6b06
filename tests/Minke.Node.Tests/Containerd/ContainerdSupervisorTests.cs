using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Host;
using Minke.Node.Containerd;
using Minke.Node.Images;
using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Tests.Containerd;

/// <summary>The supervisor with a real containerd of its own; no network is needed.</summary>
public sealed class ContainerdSupervisorTests : IAsyncDisposable
{
    private static int s_next;

    private readonly ContainerdOptions _options;
    private readonly CriRuntime _runtime;
    private readonly string _directory;
    private readonly HostCommand _command = new(TimeProvider.System);

    public ContainerdSupervisorTests()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"minke-supervised-{Environment.ProcessId}-{Interlocked.Increment(ref s_next)}");
        _directory = Path.Combine(Path.GetTempPath(), name);
        _options = new ContainerdOptions
        {
            RootDirectory = Path.Combine(_directory, "root"),
            RunDirectory = Path.Combine("/run", name),
            ConfigFile = Path.Combine(_directory, "containerd.toml"),
            LogFile = Path.Combine(_directory, "containerd.log"),
            CniConfigDirectory = Path.Combine(_directory, "cni"),
            SandboxImage = BuiltInImages.PauseReference,
        };
        _runtime = new CriRuntime(_options.SocketPath, TimeProvider.System, NullLogger<CriRuntime>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecondStart_AdoptsTheRunningContainerd()
    {
        SkipUnlessPossible();
        await NewSupervisor().StartAsync(Token);
        var first = ContainerdSupervisor.FindRunning(_options);

        await NewSupervisor().StartAsync(Token);

        Assert.NotNull(first);
        Assert.Equal(first, ContainerdSupervisor.FindRunning(_options));
    }

    [Fact]
    public async Task KilledContainerd_IsStartedAgain()
    {
        SkipUnlessPossible();
        var supervisor = NewSupervisor();
        await supervisor.StartAsync(Token);
        var first = ContainerdSupervisor.FindRunning(_options)!.Value;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = supervisor.RunAsync(stop.Token);

        Signals.Kill(first);
        Assert.True(await Signals.WaitGoneAsync(first, TimeSpan.FromSeconds(10), TimeProvider.System, Token));
        await WaitAnswersAsync();

        Assert.NotEqual(first, ContainerdSupervisor.FindRunning(_options));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.NotNull(ContainerdSupervisor.FindRunning(_options));
    }

    [Fact]
    public async Task BrokenRoot_IsReportedWithTheLog()
    {
        SkipUnlessPossible();
        Directory.CreateDirectory(_options.RootDirectory);
        await File.WriteAllTextAsync(Path.Combine(_options.RootDirectory, "io.containerd.metadata.v1.bolt"), "in the way", Token);

        var failure = await Assert.ThrowsAsync<ContainerdException>(() => NewSupervisor().StartAsync(Token));

        Assert.Contains("io.containerd.metadata.v1.bolt", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuiltInImages_AreThereAfterTheImport()
    {
        SkipUnlessPossible();
        await NewSupervisor().StartAsync(Token);

        await NewImporter().EnsureBuiltInAsync(Token);

        Assert.NotNull(await _runtime.ImageStatusAsync(new ImageSpec { Image = BuiltInImages.PauseReference }, Token));
        Assert.NotNull(await _runtime.ImageStatusAsync(new ImageSpec { Image = "minke.local/demo" }, Token));
    }

    [Fact]
    public async Task GzippedArchive_IsLoadedUnderItsFullName()
    {
        SkipUnlessPossible();
        await NewSupervisor().StartAsync(Token);
        var file = Path.Combine(_directory, "image.tar.gz");
        await using (var target = new System.IO.Compression.GZipStream(File.Create(file), System.IO.Compression.CompressionLevel.Fastest))
        {
            using var layer = new MemoryStream();
            using (var writer = new ImageLayer(layer))
            {
                writer.AddDirectory("bin");
            }

            await ImageArchive.WriteAsync(target, ["docker.io/library/zipped:2"], new ImageConfig(), layer, Token);
        }

        Assert.Equal(["docker.io/library/zipped:2"], await NewImporter().LoadAsync(file, Token));
        Assert.NotNull(await _runtime.ImageStatusAsync(new ImageSpec { Image = "zipped:2" }, Token));
    }

    [Fact]
    public async Task NoArchive_IsRefused()
    {
        SkipUnlessPossible();
        await NewSupervisor().StartAsync(Token);
        var file = Path.Combine(_directory, "text.tar");
        await File.WriteAllTextAsync(file, "this is no archive", Token);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => NewImporter().LoadAsync(file, Token));

        Assert.True(failure is HostCommandException or InvalidDataException, failure.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await ContainerdSupervisor.StopAsync(_options, TimeProvider.System, CancellationToken.None);
        ContainerdRemains.RemoveFiles(_options);
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }

        Assert.False(Directory.Exists(_options.RunDirectory));
        Assert.Empty(MountTable.ListBelow(_directory));
        _runtime.Dispose();
    }

    private static void SkipUnlessPossible()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(File.Exists("/usr/bin/containerd") && File.Exists("/usr/sbin/runc"), "needs containerd and runc");
        Assert.SkipUnless(File.Exists(BuiltInImages.BusyboxPath), "needs busybox-static");
    }

    private ContainerdSupervisor NewSupervisor()
    {
        Directory.CreateDirectory(_options.CniConfigDirectory);
        return new ContainerdSupervisor(_options, _runtime, TimeProvider.System, NullLogger<ContainerdSupervisor>.Instance);
    }

    private ImageImporter NewImporter() =>
        new(_options.SocketPath, _runtime, _command, TimeProvider.System, NullLogger<ImageImporter>.Instance);

    private async Task WaitAnswersAsync()
    {
        var seen = "";
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            try
            {
                await _runtime.StatusAsync(Token);
                return;
            }
            catch (RuntimeException exception)
            {
                seen = exception.Message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }

        Assert.Fail($"containerd does not answer: {seen}");
    }
}
