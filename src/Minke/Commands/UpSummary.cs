using Minke.Host;
using Minke.Startup;

namespace Minke.Commands;

/// <summary>What <c>minke up</c> says at its end.</summary>
internal static class UpSummary
{
    public static void TellStarted(UpOptions options, TimeSpan took)
    {
        var instance = options.Instance;
        var more = instance.Id == "default" ? "" : $" --data-dir {instance.DataDirectory}";
        Console.Out.WriteLine($"""

            Minke is ready after {Terminal.Seconds(took)}: node {options.NodeName}, API at {InstanceState.ReadFrom(instance.DataDirectory)?.ApiUrl}
              kubeconfig  {instance.KubeconfigFile}
              log         {instance.LogFile}

            Try next:
              export KUBECONFIG={instance.KubeconfigFile}
              kubectl run hello --image=minke.local/demo --command -- sh -c 'while :; do echo hello; sleep 1; done'
              kubectl logs -f hello

            'minke status{more}' tells what runs, 'minke down{more}' stops it.
            """);
    }

    public static async Task<int> TellAlreadyRunningAsync(Instance instance, ProcessIdentity running, TimeProvider time, CancellationToken cancellationToken)
    {
        var report = await StatusReport.TakeAsync(instance, time, cancellationToken);
        if (!report.NodeReady)
        {
            throw new StartException(
                $"Minke already runs (pid {running.Pid}) but its node is not ready; see {instance.LogFile}, or stop it with 'minke down' and start it again");
        }

        Console.Out.WriteLine($"Minke already runs (pid {running.Pid}) and its node is ready; kubeconfig {instance.KubeconfigFile}");
        return CommandRunner.Success;
    }
}
