namespace Minke.EndToEnd;

/// <summary>helm 4 installs, upgrades and removes a chart of the kinds that exist.</summary>
public sealed class HelmTests(Cluster cluster)
{
    private static string Helm => Directory.Exists(Repository.Tools)
        ? Directory.EnumerateFiles(Repository.Tools, "helm*", SearchOption.AllDirectories).FirstOrDefault() ?? ""
        : "";

    [Fact]
    public async Task Chart_IsInstalledUpgradedAndRemoved()
    {
        var instance = cluster.Get();
        Assert.SkipUnless(Helm.Length > 0, "needs helm; the test script unpacks it");
        var ns = await instance.NamespaceAsync("helm");
        var chart = Path.Combine(instance.DataDir, "chart-" + ns);
        await WriteChartAsync(chart);

        (await HelmAsync(instance, "install", "demo", chart, "-n", ns, "--wait", "--timeout", "60s")).Succeeded();
        Assert.Equal("first", await instance.Kubectl.OkAsync("get", "cm", "settings", "-n", ns, "-o", "jsonpath={.data.text}"));
        (await HelmAsync(instance, "upgrade", "demo", chart, "-n", ns, "--set", "text=second,replicas=2")).Succeeded();
        Assert.Equal("second", await instance.Kubectl.OkAsync("get", "cm", "settings", "-n", ns, "-o", "jsonpath={.data.text}"));
        await Eventually.BecomesAsync(() => instance.Kubectl.ListAsync(ns, "pod", "app=web"), l => l.Count(p => Kubectl.Phase(p) == "Running") == 2, "two pods run");
        Assert.Contains("deployed", (await HelmAsync(instance, "list", "-n", ns)).Succeeded(), StringComparison.Ordinal);
        (await HelmAsync(instance, "rollback", "demo", "1", "-n", ns)).Succeeded();
        Assert.Equal("first", await instance.Kubectl.OkAsync("get", "cm", "settings", "-n", ns, "-o", "jsonpath={.data.text}"));
        (await HelmAsync(instance, "uninstall", "demo", "-n", ns)).Succeeded();
        Assert.Null(await instance.Kubectl.GetAsync(ns, "cm", "settings"));
    }

    private static async Task WriteChartAsync(string chart)
    {
        var token = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(Path.Combine(chart, "templates"));
        await File.WriteAllTextAsync(Path.Combine(chart, "Chart.yaml"), "apiVersion: v2\nname: demo\nversion: 0.1.0\n", token);
        await File.WriteAllTextAsync(Path.Combine(chart, "values.yaml"), "text: first\nreplicas: 1\n", token);
        await File.WriteAllTextAsync(Path.Combine(chart, "templates", "all.yaml"),
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {text: "{{ .Values.text }}"}
            ---
            apiVersion: v1
            kind: ReplicationController
            metadata: {name: web}
            spec:
              replicas: {{ .Values.replicas }}
              selector: {app: web}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers: [{name: main, image: minke.local/demo, command: [sleep, "100000"]}]
            """, token);
    }

    private static Task<Output> HelmAsync(Instance instance, params string[] arguments) =>
        Shell.RunAsync(Helm, arguments, null, new Dictionary<string, string> { ["KUBECONFIG"] = instance.Kubeconfig, ["HOME"] = instance.DataDir });
}
