using System.CommandLine;
using System.Globalization;
using Minke.Startup;

namespace Minke.Commands;

/// <summary><c>minke status</c>: what runs.</summary>
internal static class StatusCommand
{
    private enum OutputFormat
    {
        Text,
        Json,
    }

    public static Command Create()
    {
        var dataDirectory = CommonOptions.DataDirectory();
        var output = new Option<OutputFormat>("--output", "-o") { Description = "How to print it", HelpName = "text|json" };
        var command = new Command("status", "Tell what runs; the exit code is 3 when Minke does not") { dataDirectory, output };
        command.SetAction((result, cancellationToken) => CommandRunner.RunAsync(() =>
            RunAsync(new Instance(result.GetRequiredValue(dataDirectory)), result.GetValue(output), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(Instance instance, OutputFormat output, CancellationToken cancellationToken)
    {
        var report = await StatusReport.TakeAsync(instance, TimeProvider.System, cancellationToken);
        if (output == OutputFormat.Json)
        {
            report.WriteJson(Console.OpenStandardOutput());
            Console.Out.WriteLine();
        }
        else
        {
            WriteText(report);
        }

        return report.Minke is null ? CommandRunner.NotRunning : CommandRunner.Success;
    }

    private static void WriteText(StatusReport report)
    {
        Write("minke", report.Minke is { } minke ? $"running, {Describe(minke)}" : "not running");
        Write("containerd", report.Containerd is { } containerd ? $"running, {Describe(containerd)}" : "not running");
        if (report.Api is { } api)
        {
            Write("api", api);
        }

        Write("node", report.NodeName is null ? "none yet" : $"{report.NodeName}, {(report.NodeReady ? "ready" : "not ready")}");
        if (report.Pods is { } pods)
        {
            Write("pods", $"{pods.ToString(CultureInfo.InvariantCulture)}, {report.RunningPods} of them running");
        }

        Write("kubeconfig", report.Kubeconfig);
        Write("logs", report.LogDirectory);
        Write("data", report.DataDirectory);
    }

    private static void Write(string name, string value) => Console.Out.WriteLine($"{name,-12}{value}");

    private static string Describe(RunningProcess process) => string.Create(CultureInfo.InvariantCulture,
        $"pid {process.Pid}, since {process.Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}, {process.ResidentBytes / 1048576.0:0} MB of memory");
}
