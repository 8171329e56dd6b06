using System.Diagnostics;
using System.Runtime.InteropServices;
using Minke.Host;
using Minke.Node.Images;

namespace Minke.Node.Tests.Images;

/// <summary>The pause program really runs; what it does as a pod's process 1 is for the end-to-end tests.</summary>
public sealed class PauseProgramTests
{
    [Theory]
    [InlineData("-TERM")]
    [InlineData("-INT")]
    public async Task Signal_EndsItWithSuccess(string signal)
    {
        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "needs an x86-64 processor");
        var token = TestContext.Current.CancellationToken;
        var file = Path.Combine(Path.GetTempPath(), $"minke-pause-{Environment.ProcessId}{signal}");
        await File.WriteAllBytesAsync(file, PauseProgram.Build(), token);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            using var pause = Process.Start(new ProcessStartInfo(file))!;
            await WaitUntilItWaitsForSignalsAsync(pause.Id, token);

            await new HostCommand(TimeProvider.System).CheckAsync("/bin/kill", [signal, $"{pause.Id}"], null, null, token);
            await pause.WaitForExitAsync(token);

            Assert.Equal(0, pause.ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // It sleeps nowhere but where it waits for signals, which is after it has blocked them.
    private static async Task WaitUntilItWaitsForSignalsAsync(int pid, CancellationToken cancellationToken)
    {
        var seen = "";
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var status = ProcFile.TryReadLines($"/proc/{pid}/status");
            seen = string.Join(' ', status.Take(3));
            if (seen.StartsWith("Name:\tminke-pause", StringComparison.Ordinal) && status.Any(l => l.StartsWith("State:\tS", StringComparison.Ordinal)))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }

        Assert.Fail($"the pause program does not wait: {seen}");
    }
}
