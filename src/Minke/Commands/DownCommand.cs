using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Minke.Startup;

namespace Minke.Commands;

/// <summary><c>minke down</c>: stops Minke, its pods and its containerd; with <c>--purge</c> removes all that there ever was.</summary>
internal static class DownCommand
{
    public static Command Create()
    {
        var dataDirectory = CommonOptions.DataDirectory();
        var purge = new Option<bool>("--purge") { Description = "Also delete all data and everything else that Minke put on this machine" };
        var command = new Command("down", "Stop Minke and its pods; data stay, and 'up' starts the pods again") { dataDirectory, purge };
        command.SetAction((result, cancellationToken) => CommandRunner.RunAsync(() =>
            RunAsync(new Instance(result.GetRequiredValue(dataDirectory)), result.GetValue(purge), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(Instance instance, bool purge, CancellationToken cancellationToken)
    {
        Preflight.RequireRoot("down");
        RefuseForeignDirectory(instance, purge);
        var shutdown = new Shutdown(instance, TimeProvider.System, NullLoggerFactory.Instance);
        var wasRunning = await shutdown.StopMinkeAsync(cancellationToken);
        var pods = await shutdown.StopPodsAsync(cancellationToken);
        await shutdown.StopContainerdAsync(cancellationToken);
        await shutdown.RemoveNetworkAsync(cancellationToken);
        Console.Out.WriteLine($"{(wasRunning ? "Minke is stopped" : "Minke was not running")}; {Count(pods)} stopped.");
        if (purge)
        {
            await shutdown.PurgeAsync(cancellationToken);
            Console.Out.WriteLine($"Everything in {instance.DataDirectory} and everything that Minke set up on this machine is removed.");
        }
        else if (Directory.Exists(instance.DataDirectory))
        {
            Console.Out.WriteLine($"The data stay in {instance.DataDirectory}; 'minke down --purge' removes them, 'minke up' starts again.");
        }

        return CommandRunner.Success;
    }

    private static string Count(int pods) => pods switch
    {
        0 => "no pods were",
        1 => "1 pod was",
        _ => $"{pods} pods were",
    };

    private static void RefuseForeignDirectory(Instance instance, bool purge)
    {
        if (purge && Directory.Exists(instance.DataDirectory) && !DataFormat.IsMarked(instance.DataDirectory)
            && Directory.EnumerateFileSystemEntries(instance.DataDirectory).Any())
        {
            throw new StartException($"{instance.DataDirectory} was not made by Minke, so it is not deleted; is --data-dir right?");
        }
    }
}
