using System.Runtime.InteropServices;

namespace Minke.Host;

/// <summary>Signals to processes that this program did not start itself.</summary>
public static partial class Signals
{
    private const int Sigkill = 9;
    private const int Sigterm = 15;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks a process to end. Nothing happens when it is gone.</summary>
    public static void Terminate(ProcessIdentity process) => Send(process, Sigterm);

    /// <summary>Ends a process. Nothing happens when it is gone.</summary>
    public static void Kill(ProcessIdentity process) => Send(process, Sigkill);

    /// <summary>Asks a process to end, and ends it when it has not after <paramref name="patience"/>. Returns when it is gone.</summary>
    /// <exception cref="TimeoutException">It does not even end when killed (it hangs in the kernel).</exception>
    public static async Task StopAsync(ProcessIdentity process, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        Terminate(process);
        if (await WaitGoneAsync(process, patience, time, cancellationToken))
        {
            return;
        }

        Kill(process);
        if (!await WaitGoneAsync(process, TimeSpan.FromSeconds(5), time, cancellationToken))
        {
            throw new TimeoutException($"process {process.Pid} did not end when it was killed");
        }
    }

    /// <summary>Waits until a process is gone; false when it still runs after <paramref name="patience"/>.</summary>
    public static async Task<bool> WaitGoneAsync(ProcessIdentity process, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (process.IsAlive)
        {
            if (time.GetElapsedTime(start) > patience)
            {
                return false;
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }

        return true;
    }

    private static void Send(ProcessIdentity process, int signal)
    {
        if (process.IsAlive)
        {
            // A process that ends in between answers ESRCH, which is as good.
            _ = KillProcess(process.Pid, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillProcess(int pid, int signal);
}
