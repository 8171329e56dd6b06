using System.Text.Json;
using Minke.Host;
using Minke.Node.Containerd;

namespace Minke.Startup;

/// <summary>One process of the instance.</summary>
internal sealed record RunningProcess(int Pid, DateTimeOffset Since, long ResidentBytes)
{
    public static RunningProcess? Of(ProcessIdentity? identity, TimeProvider time) =>
        identity is { } process ? new RunningProcess(process.Pid, process.StartedAt(time), process.ResidentBytes) : null;
}

/// <summary>What <c>minke status</c> tells.</summary>
internal sealed record StatusReport
{
    public required string DataDirectory { get; init; }

    public required string LogDirectory { get; init; }

    public required string Kubeconfig { get; init; }

    public RunningProcess? Minke { get; init; }

    public RunningProcess? Containerd { get; init; }

    public string? Api { get; init; }

    public string? NodeName { get; init; }

    public bool NodeReady { get; init; }

    /// <summary>How many pods there are; null: the API does not tell.</summary>
    public int? Pods { get; init; }

    public int RunningPods { get; init; }

    public static async Task<StatusReport> TakeAsync(Instance instance, TimeProvider time, CancellationToken cancellationToken)
    {
        var state = InstanceState.ReadFrom(instance.DataDirectory);
        var report = new StatusReport
        {
            DataDirectory = instance.DataDirectory,
            LogDirectory = instance.LogDirectory,
            Kubeconfig = instance.KubeconfigFile,
            Minke = RunningProcess.Of(InstanceLock.FindHolder(instance), time),
            Containerd = RunningProcess.Of(ContainerdSupervisor.FindRunning(instance.Containerd), time),
            Api = state?.ApiUrl,
            NodeName = state?.NodeName,
        };
        if (report.Minke is null || state is null)
        {
            return report;
        }

        using var api = ApiQuery.TryOpen(instance, time);
        if (api is null)
        {
            return report;
        }

        var phases = await api.ListPodPhasesAsync(cancellationToken);
        return report with
        {
            NodeReady = await api.IsNodeReadyAsync(state.NodeName, cancellationToken),
            Pods = phases?.Count,
            RunningPods = phases?.Count(p => p == "Running") ?? 0,
        };
    }

    public void WriteJson(Stream target)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteBoolean("running", Minke is not null);
        WriteProcess(json, Minke);
        json.WriteStartObject("containerd");
        json.WriteBoolean("running", Containerd is not null);
        WriteProcess(json, Containerd);
        json.WriteEndObject();
        json.WriteString("api", Api);
        json.WriteString("node", NodeName);
        json.WriteBoolean("nodeReady", NodeReady);
        if (Pods is { } pods)
        {
            json.WriteNumber("pods", pods);
            json.WriteNumber("runningPods", RunningPods);
        }

        json.WriteString("kubeconfig", Kubeconfig);
        json.WriteString("logs", LogDirectory);
        json.WriteString("data", DataDirectory);
        json.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter json, RunningProcess? process)
    {
        if (process is not null)
        {
            json.WriteNumber("pid", process.Pid);
            json.WriteString("since", process.Since);
            json.WriteNumber("memoryBytes", process.ResidentBytes);
        }
    }
}
