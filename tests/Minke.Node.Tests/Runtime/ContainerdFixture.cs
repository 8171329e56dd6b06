using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Host;
using Minke.Node.Runtime;
using Minke.Testing.Runtime;

[assembly: AssemblyFixture(typeof(Minke.Node.Tests.Runtime.ContainerdFixture))]

namespace Minke.Node.Tests.Runtime;

/// <summary>
/// A containerd of the tests' own, below a directory of its own, with a bridge network of its own. It is started on first use and everything
/// that it made is removed at the end. Where root, containerd or busybox are missing, the tests that ask for it are skipped and say so.
/// </summary>
public sealed class ContainerdFixture : IAsyncDisposable
{
    public const string Image = "minke.local/node-test:1";
    private const string PauseImage = "minke.local/node-test-pause:1";

    /// <summary>The cgroup of sandboxes that tests make by bare runtime calls.</summary>
    public static string CgroupName { get; } = string.Create(CultureInfo.InvariantCulture, $"minke-node-tests-{Environment.ProcessId}");

    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _bridge = string.Create(CultureInfo.InvariantCulture, $"mnkt{Environment.ProcessId % 100_000}");
    private Process? _process;
    private CriRuntime? _runtime;

    public string Directory { get; } = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"minke-node-tests-{Environment.ProcessId}"));

    private string SocketPath => Path.Combine(Directory, "containerd.sock");

    /// <summary>The running runtime; skips the calling test where it cannot run.</summary>
    public async Task<CriRuntime> RuntimeAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root");
        Assert.SkipUnless(File.Exists("/usr/bin/containerd") && File.Exists("/usr/lib/cni/bridge"), "needs containerd and containernetworking-plugins");
        Assert.SkipUnless(BusyboxImage.IsAvailable, "needs busybox-static");
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _runtime ??= await StartAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_runtime is not null)
        {
            foreach (var sandbox in await _runtime.ListPodSandboxesAsync(null, CancellationToken.None))
            {
                await _runtime.StopPodSandboxAsync(sandbox.Id, CancellationToken.None);
                await _runtime.RemovePodSandboxAsync(sandbox.Id, CancellationToken.None);
            }

            _runtime.Dispose();
        }

        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            await RunAsync("ip", ["link", "delete", _bridge], CancellationToken.None, mayFail: true);
            System.IO.Directory.Delete(Directory, recursive: true);
            await CgroupTree.RemoveAsync(CgroupName, TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None);
        }

        _starting.Dispose();
    }

    private async Task<CriRuntime> StartAsync(CancellationToken cancellationToken)
    {
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "cni"));
        await File.WriteAllTextAsync(Path.Combine(Directory, "config.toml"), Config(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Directory, "cni", "10-test.conflist"), Network(), cancellationToken);
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec containerd --config {Directory}/config.toml >{Directory}/containerd.log 2>&1"]);
        _process = Process.Start(start);
        var runtime = new CriRuntime(SocketPath, TimeProvider.System, NullLogger<CriRuntime>.Instance);
        await WaitUntilReadyAsync(runtime, cancellationToken);
        await ImportAsync(PauseImage, ["/bin/sleep", "2147483647"], cancellationToken);
        await ImportAsync(Image, ["/bin/sh"], cancellationToken);
        return runtime;
    }

    private async Task WaitUntilReadyAsync(CriRuntime runtime, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var seen = "";
        while (!timeout.IsCancellationRequested)
        {
            try
            {
                var status = await runtime.StatusAsync(cancellationToken);
                seen = status.ToString();
                if (status.Conditions.All(condition => condition.Status))
                {
                    return;
                }
            }
            catch (RuntimeException e)
            {
                seen = e.Message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        Assert.Fail($"containerd is not ready after 30 s: {seen}\n{await File.ReadAllTextAsync(Path.Combine(Directory, "containerd.log"), cancellationToken)}");
    }

    private async Task ImportAsync(string name, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var archive = Path.Combine(Directory, "image.tar");
        BusyboxImage.Write(archive, command, name);
        await RunAsync("ctr", ["--address", SocketPath, "--namespace", "k8s.io", "images", "import", archive], cancellationToken);
        File.Delete(archive);
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken, bool mayFail = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(mayFail || process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}{error}");
    }

    private string Config() => $"""
        version = 2
        root = "{Directory}/root"
        state = "{Directory}/state"
        [grpc]
          address = "{SocketPath}"
        [ttrpc]
          address = "{SocketPath}.ttrpc"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "{PauseImage}"
          restrict_oom_score_adj = true
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"
        [plugins."io.containerd.grpc.v1.cri".containerd]
          snapshotter = "overlayfs"
          default_runtime_name = "runc"
        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
          runtime_type = "io.containerd.runc.v2"
        [plugins."io.containerd.grpc.v1.cri".cni]
          bin_dir = "/usr/lib/cni"
          conf_dir = "{Directory}/cni"
        """;

    private string Network()
    {
        var third = Environment.ProcessId % 250;
        return $$"""
            {"cniVersion":"0.4.0","name":"{{_bridge}}","plugins":[{"type":"bridge","bridge":"{{_bridge}}","isGateway":true,"ipMasq":false,
            "hairpinMode":true,"ipam":{"type":"host-local","dataDir":"{{Directory}}/ipam",
            "ranges":[[{"subnet":"10.219.{{third}}.0/24"}]],"routes":[{"dst":"0.0.0.0/0"}] } }]}
            """;
    }
}
