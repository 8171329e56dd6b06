using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Minke.Host;

namespace Minke.Network.Tests;

/// <summary>What <c>Minke.Host</c> sees of the machine.</summary>
public sealed class HostTests
{
    private readonly HostCommand _command = new(TimeProvider.System);

    [Fact]
    public async Task Command_GetsItsInputAndGivesOutputErrorsAndExitCode()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("hello"));

        var result = await _command.RunAsync("/bin/sh", ["-c", "cat; echo trouble >&2; exit 3"], input, null, TestContext.Current.CancellationToken);

        Assert.Equal(new HostCommandResult(3, "hello", "trouble\n"), result);
        Assert.Equal("trouble", result.ErrorSummary);
    }

    [Fact]
    public async Task CommandThatDoesNotEnd_IsKilledAfterItsTimeout()
    {
        var failure = await Assert.ThrowsAsync<HostCommandException>(() =>
            _command.RunAsync("/bin/sleep", ["1000"], null, TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));

        Assert.Contains("did not end within", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingCommand_IsNamed()
    {
        var failure = await Assert.ThrowsAsync<HostCommandException>(() =>
            _command.RunAsync("/no/such/program", [], null, null, TestContext.Current.CancellationToken));

        Assert.Contains("/no/such/program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identity_IsAliveUntilItsProcessEndsAndIsNotAnotherOfTheSameId()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sleep", ["1000"]))!;
        var identity = ProcessIdentity.Of(process.Id)!.Value;
        Assert.True(identity.IsAlive);
        Assert.False((identity with { StartTicks = identity.StartTicks + 1 }).IsAlive);
        Assert.True(identity.ResidentBytes > 0);

        await Signals.StopAsync(identity, TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(identity.IsAlive);
        Assert.Equal(0, identity.ResidentBytes);
    }

    [Fact]
    public void IdentityFile_GivesTheProcessBackOnlyWhileItLives()
    {
        var file = Path.GetTempFileName();
        try
        {
            var self = ProcessIdentity.Of(Environment.ProcessId)!.Value;
            self.WriteTo(file);
            Assert.Equal(self, ProcessIdentity.ReadLiving(file));
            (self with { StartTicks = 1 }).WriteTo(file);
            Assert.Null(ProcessIdentity.ReadLiving(file));
            File.WriteAllText(file, "damaged");
            Assert.Null(ProcessIdentity.ReadLiving(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task DetachedProcess_RunsInItsOwnSessionAndAppendsToItsLog()
    {
        var log = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(log, "before\n", TestContext.Current.CancellationToken);
            using var process = DetachedProcess.Start("/bin/sh", ["-c", "ps -o sid= -p $$ | tr -d ' '; echo $$"], log);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
            Assert.Equal(["before", $"{process.Id}", $"{process.Id}"], lines);
        }
        finally
        {
            File.Delete(log);
        }
    }

    [Fact]
    public void ListeningPort_IsFoundWithItsProcess()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var owner = PortOwner.Find(((IPEndPoint)listener.LocalEndpoint).Port);

        Assert.Equal(Environment.ProcessId, owner?.Pid);
    }

    [Fact]
    public void Mounts_AreListedDeepestLastMountedFirst()
    {
        string[] mountInfo =
        [
            "1 0 8:1 / / rw - ext4 /dev/sda rw",
            "2 1 0:1 / /data/a rw - tmpfs tmpfs rw",
            "3 2 0:2 / /data/a/b\\040c rw - tmpfs tmpfs rw",
            "4 1 0:3 / /database rw - tmpfs tmpfs rw",
        ];

        Assert.Equal(["/data/a/b c", "/data/a"], MountTable.ListBelow("/data", mountInfo));
    }

    [Theory]
    [InlineData("CapEff:\t000001ffffffffff", true)]
    [InlineData("CapEff:\t000001fffeffffff", false)]
    [InlineData("CapBnd:\t000001ffffffffff", false)]
    public void Capability_IsReadFromTheEffectiveSet(string line, bool has) => Assert.Equal(has, HostFacts.HasCapability(["Name:\tminke", line], 24));

    [Fact]
    public async Task FileKind_TellsFilesFromPipesWithoutOpeningThem()
    {
        var directory = Directory.CreateTempSubdirectory("minke-kind-");
        try
        {
            var pipe = Path.Combine(directory.FullName, "pipe");
            var file = Path.Combine(directory.FullName, "file");
            await _command.CheckAsync("mkfifo", [pipe], null, null, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

            Assert.True(FileKind.IsRegular(file));
            Assert.False(FileKind.IsRegular(pipe));
            Assert.False(FileKind.IsRegular(directory.FullName));
            Assert.False(FileKind.IsRegular(file + "-missing"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
