using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minke.EndToEnd;

/// <summary>A real kubectl that talks to the cluster under test.</summary>
internal sealed class Kubectl(string binary, string kubeconfig)
{
    public string Binary => binary;

    private IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["KUBECONFIG"] = kubeconfig,
        ["KUBECACHEDIR"] = Path.Combine(Path.GetDirectoryName(kubeconfig)!, "kubectl-cache"),
        ["HOME"] = Path.GetDirectoryName(kubeconfig)!,
    };

    public Task<Output> RunAsync(params string[] arguments) => Shell.RunAsync(binary, arguments, null, Environment);

    public Task<Output> RunAsync(string[] arguments, string stdin) => Shell.RunAsync(binary, arguments, stdin, Environment);

    /// <summary>Runs and must succeed.</summary>
    public async Task<string> OkAsync(params string[] arguments) => (await RunAsync(arguments)).Succeeded().TrimEnd('\n');

    public async Task<string> ApplyAsync(string yaml) => (await RunAsync(["apply", "-f", "-"], yaml)).Succeeded();

    public System.Diagnostics.Process Start(params string[] arguments) => Shell.Start(binary, arguments, Environment);

    public async Task<JsonNode?> GetAsync(string ns, string kind, string name)
    {
        var output = await RunAsync("get", kind, name, "-n", ns, "-o", "json", "--ignore-not-found");
        return output.Succeeded().Length == 0 ? null : JsonNode.Parse(output.Out);
    }

    public async Task<JsonArray> ListAsync(string ns, string kind, string selector)
    {
        var json = await OkAsync("get", kind, "-n", ns, "-l", selector, "-o", "json");
        return JsonNode.Parse(json)!["items"]!.AsArray();
    }

    /// <summary>Waits until an object satisfies a condition; null means that it does not exist.</summary>
    public Task<JsonNode?> WaitAsync(string ns, string kind, string name, Func<JsonNode?, bool> wanted, string what, int seconds = 60) =>
        Eventually.BecomesAsync(() => GetAsync(ns, kind, name), wanted, $"{kind} {ns}/{name} {what}", seconds);

    public async Task<JsonNode> PodRunningAsync(string ns, string name) =>
        (await WaitAsync(ns, "pod", name, p => Phase(p) == "Running" && Containers(p).All(c => (bool?)c?["ready"] == true), "runs"))!;

    public Task<JsonNode?> GoneAsync(string ns, string kind, string name, int seconds = 60) =>
        WaitAsync(ns, kind, name, p => p is null, "is gone", seconds);

    /// <summary>Runs a shell line in a container and gives what it printed.</summary>
    public Task<string> ExecAsync(string ns, string pod, string container, string script) =>
        OkAsync("exec", "-n", ns, pod, "-c", container, "--", "sh", "-c", script);

    public static string Phase(JsonNode? pod) => (string?)pod?["status"]?["phase"] ?? "";

    public static JsonArray Containers(JsonNode? pod) => pod?["status"]?["containerStatuses"]?.AsArray() ?? [];

    public static JsonNode? Container(JsonNode? pod, string name) => Containers(pod).FirstOrDefault(c => (string?)c?["name"] == name);

    public static int Restarts(JsonNode? pod, string container) => (int?)Container(pod, container)?["restartCount"] ?? -1;

    public override string ToString() => Path.GetFileName(binary);
}
