using Minke.Node.Runtime;
using Minke.Node.Runtime.V1;

namespace Minke.Node.Tests.Runtime;

/// <summary>The CRI client against a real containerd.</summary>
public sealed class CriRuntimeTests(ContainerdFixture containerd)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Version_NamesTheRuntime()
    {
        var version = await (await containerd.RuntimeAsync(Cancel)).VersionAsync(Cancel);
        Assert.Equal("containerd", version.RuntimeName);
        Assert.Equal("v1", version.RuntimeApiVersion);
    }

    [Fact(Timeout = 60_000)]
    public async Task ImageThatIsNotThere_IsNull()
    {
        var runtime = await containerd.RuntimeAsync(Cancel);
        Assert.Null(await runtime.ImageStatusAsync(new ImageSpec { Image = "minke.local/absent:1" }, Cancel));
        Assert.NotNull(await runtime.ImageStatusAsync(new ImageSpec { Image = ContainerdFixture.Image }, Cancel));
    }

    [Fact(Timeout = 60_000)]
    public async Task UnknownContainer_IsNotFound()
    {
        var runtime = await containerd.RuntimeAsync(Cancel);
        var failure = await Assert.ThrowsAsync<RuntimeException>(() => runtime.ContainerStatusAsync("absent", Cancel));
        Assert.Equal(RuntimeErrorCode.NotFound, failure.Code);
        await runtime.StopContainerAsync("absent", TimeSpan.Zero, Cancel);
        await runtime.RemoveContainerAsync("absent", Cancel);
    }

    [Fact(Timeout = 60_000)]
    public async Task SocketThatNobodyServes_IsUnavailable()
    {
        using var runtime = new CriRuntime("/nonexistent/minke.sock", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<CriRuntime>.Instance);
        var failure = await Assert.ThrowsAsync<RuntimeException>(() => runtime.VersionAsync(Cancel));
        Assert.Equal(RuntimeErrorCode.Unavailable, failure.Code);
    }

    [Fact(Timeout = 60_000)]
    public async Task ContainerThatExits_ReportsItsCodeAndAnEvent()
    {
        var runtime = await containerd.RuntimeAsync(Cancel);
        await using var sandbox = await TestSandbox.RunAsync(runtime, containerd.Directory, "exits", Cancel);
        var events = runtime.WatchEventsAsync(Cancel).GetAsyncEnumerator(Cancel);
        await using var _ = events;
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(RuntimeEvent.Resync, events.Current);
        do
        {
            // Other tests' containers are told of as well.
            Assert.True(await events.MoveNextAsync());
        }
        while (events.Current != RuntimeEvent.Resync);

        var id = await sandbox.StartAsync("main", ["sh", "-c", "exit 7"], Cancel);
        var seen = new List<RuntimeEvent>();
        while (!seen.Contains(new RuntimeEvent(RuntimeEventKind.ContainerExited, id)) && await events.MoveNextAsync())
        {
            seen.Add(events.Current);
        }

        Assert.Contains(new RuntimeEvent(RuntimeEventKind.ContainerStarted, id), seen);
        var status = await TestSandbox.WaitForExitAsync(runtime, id, Cancel);
        Assert.Equal(7, status.ExitCode);
        Assert.Equal("Error", status.Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task ExecSync_ReturnsOutputAndCode()
    {
        var runtime = await containerd.RuntimeAsync(Cancel);
        await using var sandbox = await TestSandbox.RunAsync(runtime, containerd.Directory, "exec", Cancel);
        var id = await sandbox.StartAsync("main", ["sleep", "1000"], Cancel);
        var result = await runtime.ExecSyncAsync(id, ["sh", "-c", "echo out; echo err >&2; exit 3"], TimeSpan.FromSeconds(20), Cancel);
        Assert.Equal(("out\n", "err\n", 3), (result.Stdout.ToStringUtf8(), result.Stderr.ToStringUtf8(), result.ExitCode));
    }

    [Fact(Timeout = 60_000)]
    public async Task Exec_GivesAStreamingUrl()
    {
        var runtime = await containerd.RuntimeAsync(Cancel);
        await using var sandbox = await TestSandbox.RunAsync(runtime, containerd.Directory, "url", Cancel);
        var id = await sandbox.StartAsync("main", ["sleep", "1000"], Cancel);
        var url = await runtime.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "true" }, Stdout = true }, Cancel);
        Assert.StartsWith("http://127.0.0.1:", url, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sandbox_HasAnAddressAndIsListedByLabel()
    {
        var runtime = await containerd.RuntimeAsync(Cancel);
        await using var sandbox = await TestSandbox.RunAsync(runtime, containerd.Directory, "address", Cancel);
        var status = await runtime.PodSandboxStatusAsync(sandbox.Id, Cancel);
        Assert.Equal(PodSandboxState.SandboxReady, status.State);
        Assert.StartsWith("10.219.", status.Network.Ip, StringComparison.Ordinal);
        var listed = await runtime.ListPodSandboxesAsync(new PodSandboxFilter { LabelSelector = { ["test"] = "address" } }, Cancel);
        Assert.Equal(sandbox.Id, Assert.Single(listed).Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task StopContainer_KillsAfterTheGracePeriod()
    {
        var runtime = await containerd.RuntimeAsync(Cancel);
        await using var sandbox = await TestSandbox.RunAsync(runtime, containerd.Directory, "grace", Cancel);
        // Process 1 without a handler for TERM ignores it.
        var id = await sandbox.StartAsync("main", ["sleep", "1000"], Cancel);
        await runtime.StopContainerAsync(id, TimeSpan.FromSeconds(1), Cancel);
        Assert.Equal(137, (await TestSandbox.WaitForExitAsync(runtime, id, Cancel)).ExitCode);
    }
}
