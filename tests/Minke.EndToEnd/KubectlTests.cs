using System.Text.Json.Nodes;

namespace Minke.EndToEnd;

/// <summary>The verbs of real kubectls, old and new.</summary>
public sealed class KubectlTests(Cluster cluster)
{
    public static TheoryData<string> Versions { get; } = new(Binaries());

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Discovery_IsUnderstood(string binary)
    {
        var kubectl = Use(binary);

        Assert.Contains("Server Version: v1.36", await kubectl.OkAsync("version"), StringComparison.Ordinal);
        var resources = await kubectl.OkAsync("api-resources");
        foreach (var kind in new[]
        {
            "pods", "replicationcontrollers", "nodes", "namespaces", "events", "configmaps", "secrets", "serviceaccounts", "leases",
        })
        {
            Assert.Contains(kind, resources, StringComparison.Ordinal);
        }

        Assert.Contains("events.k8s.io/v1", await kubectl.OkAsync("api-versions"), StringComparison.Ordinal);
        var explained = await kubectl.OkAsync("explain", "pod.spec.containers");
        Assert.Contains("imagePullPolicy", explained, StringComparison.Ordinal);
        Assert.Contains("-required-", explained, StringComparison.Ordinal);
        Assert.Contains("ok", await kubectl.OkAsync("get", "--raw", "/readyz"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task ConfigMap_GoesThroughEveryVerb(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);

        await kubectl.OkAsync("create", "configmap", "c", "-n", ns, "--from-literal=a=1");
        await kubectl.OkAsync("label", "configmap", "c", "-n", ns, "tier=front");
        await kubectl.OkAsync("annotate", "configmap", "c", "-n", ns, "note=hello");
        await kubectl.OkAsync("patch", "configmap", "c", "-n", ns, "--type=merge", "-p", """{"data":{"b":"2"}}""");
        await kubectl.OkAsync("patch", "configmap", "c", "-n", ns, "--type=json", "-p", """[{"op":"add","path":"/data/c","value":"3"}]""");
        await kubectl.OkAsync("patch", "configmap", "c", "-n", ns, "-p", """{"data":{"a":null}}""");

        Assert.Equal("2 3", await kubectl.OkAsync("get", "cm", "c", "-n", ns, "-o", "jsonpath={.data.b} {.data.c}"));
        Assert.Equal("configmap/c", await kubectl.OkAsync("get", "cm", "-n", ns, "-l", "tier=front", "-o", "name"));
        Assert.Equal("", await kubectl.OkAsync("get", "cm", "-n", ns, "-l", "tier=back", "-o", "name"));
        Assert.Equal("configmap/c", await kubectl.OkAsync("get", "cm", "-n", ns, "--field-selector=metadata.name=c", "-o", "name"));
        Assert.Contains("note: hello", await kubectl.OkAsync("get", "cm", "c", "-n", ns, "-o", "yaml"), StringComparison.Ordinal);
        Assert.Contains("hello", await kubectl.OkAsync("describe", "cm", "c", "-n", ns), StringComparison.Ordinal);
        var edited = await Shell.RunAsync("/bin/bash", ["-c", $"KUBE_EDITOR=\"sed -i 's/hello/edited/'\" {kubectl.Binary} edit cm c -n {ns} --kubeconfig {cluster.Get().Kubeconfig}"]);
        edited.Succeeded();
        Assert.Equal("edited", await kubectl.OkAsync("get", "cm", "c", "-n", ns, "-o", "jsonpath={.metadata.annotations.note}"));
        await kubectl.OkAsync("delete", "cm", "c", "-n", ns);
        Assert.Null(await kubectl.GetAsync(ns, "cm", "c"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Apply_MergesClientSideAndServerSide(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        string Map(string name, string data) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: {ns}}}\ndata: {data}\n";
        string Other(string data) => Map("s", data);

        Assert.Contains("created", await kubectl.ApplyAsync(Map("m", "{a: '1', b: '2'}")), StringComparison.Ordinal);
        Assert.Contains("unchanged", await kubectl.ApplyAsync(Map("m", "{a: '1', b: '2'}")), StringComparison.Ordinal);
        Assert.Contains("configured", await kubectl.ApplyAsync(Map("m", "{a: '3'}")), StringComparison.Ordinal);
        Assert.Equal("""{"a":"3"}""", await kubectl.OkAsync("get", "cm", "m", "-n", ns, "-o", "jsonpath={.data}"));

        (await kubectl.RunAsync(["apply", "--server-side", "--field-manager=one", "-f", "-"], Other("{a: '1', b: '1'}"))).Succeeded();
        var conflict = (await kubectl.RunAsync(["apply", "--server-side", "--field-manager=two", "-f", "-"], Other("{a: '2'}"))).Failed();
        Assert.Contains("conflict with \"one\"", conflict.Err, StringComparison.Ordinal);
        (await kubectl.RunAsync(["apply", "--server-side", "--field-manager=two", "--force-conflicts", "-f", "-"], Other("{a: '2'}"))).Succeeded();
        (await kubectl.RunAsync(["apply", "--server-side", "--field-manager=one", "-f", "-"], Other("{c: '1'}"))).Succeeded();
        Assert.Equal("""{"a":"2","c":"1"}""", await kubectl.OkAsync("get", "cm", "s", "-n", ns, "-o", "jsonpath={.data}"));
        Assert.Contains("a: \"2\"", (await kubectl.RunAsync(["diff", "-f", "-"], Other("{a: '9', c: '1'}"))).Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Run_GivesAPodWithTheUsualColumns(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);

        await kubectl.OkAsync("run", "shell", "-n", ns, "--image=minke.local/demo", "--labels=who=me", "--command", "--", "sleep", "100000");
        await kubectl.OkAsync("wait", "pod", "shell", "-n", ns, "--for=condition=Ready", "--timeout=60s");

        var table = (await kubectl.OkAsync("get", "pod", "-n", ns)).Split('\n');
        Assert.Equal(["NAME", "READY", "STATUS", "RESTARTS", "AGE"], table[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["shell", "1/1", "Running", "0"], table[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
        var wide = (await kubectl.OkAsync("get", "pod", "-n", ns, "-o", "wide")).Split('\n')[0];
        Assert.EndsWith("NODE   NOMINATED NODE   READINESS GATES", wide.Replace("     ", "   ", StringComparison.Ordinal), StringComparison.Ordinal);
        var described = await kubectl.OkAsync("describe", "pod", "shell", "-n", ns);
        foreach (var part in new[] { "Node:", "IP:", "Container ID:  containerd://", "Scheduled", "Started" })
        {
            Assert.Contains(part, described, StringComparison.Ordinal);
        }

        await kubectl.OkAsync("delete", "pod", "shell", "-n", ns, "--now");
        Assert.Null(await kubectl.GetAsync(ns, "pod", "shell"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Watch_ShowsChangesAsTheyCome(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        using var watch = kubectl.Start("get", "configmap", "-n", ns, "-l", "watched=yes", "-w", "-o", "name");
        try
        {
            await kubectl.OkAsync("create", "configmap", "later", "-n", ns);
            await kubectl.OkAsync("label", "configmap", "later", "-n", ns, "watched=yes");

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            Assert.Equal("configmap/later", await watch.StandardOutput.ReadLineAsync(limit.Token));
        }
        finally
        {
            watch.Kill();
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Tables_HaveTheKnownColumns(string binary)
    {
        var (kubectl, ns) = await BeginAsync(binary);
        await kubectl.ApplyAsync(Manifests.ReplicationController(ns, "web", 1));
        await kubectl.OkAsync("create", "secret", "generic", "s", "-n", ns, "--from-literal=a=b");
        await kubectl.OkAsync("create", "serviceaccount", "robot", "-n", ns);
        await Eventually.BecomesAsync(() => kubectl.OkAsync("get", "events", "-n", ns), o => o.Contains("SuccessfulCreate", StringComparison.Ordinal), "an event of the controller");

        await ColumnsAsync("rc", "NAME DESIRED CURRENT READY AGE");
        await ColumnsAsync("secrets", "NAME TYPE DATA AGE");
        await ColumnsAsync("configmaps", "NAME DATA AGE");
        await ColumnsAsync("serviceaccounts", kubectl.ToString().Contains("1.35", StringComparison.Ordinal) ? "NAME AGE" : "NAME", prefix: true);
        await ColumnsAsync("nodes", "NAME STATUS ROLES AGE VERSION");
        await ColumnsAsync("namespaces", "NAME STATUS AGE");
        await ColumnsAsync("events", "LAST SEEN TYPE REASON OBJECT MESSAGE");
        Assert.Contains("Ready", await kubectl.OkAsync("get", "nodes"), StringComparison.Ordinal);
        Assert.Contains("kube-system", await kubectl.OkAsync("get", "ns"), StringComparison.Ordinal);

        async Task ColumnsAsync(string kind, string expected, bool prefix = false)
        {
            var header = string.Join(' ', (await kubectl.OkAsync("get", kind, "-n", ns)).Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (prefix)
            {
                Assert.StartsWith(expected, header, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(expected, header);
            }
        }
    }

    private static IEnumerable<string> Binaries()
    {
        if (File.Exists("/usr/bin/kubectl"))
        {
            yield return "/usr/bin/kubectl";
        }

        if (Directory.Exists(Repository.Tools))
        {
            foreach (var file in Directory.EnumerateFiles(Repository.Tools, "kubectl*", SearchOption.AllDirectories).Order())
            {
                yield return file;
            }
        }
    }

    private Kubectl Use(string binary) => new(binary, cluster.Get().Kubeconfig);

    private async Task<(Kubectl Kubectl, string Namespace)> BeginAsync(string binary) => (Use(binary), await cluster.Get().NamespaceAsync("verbs"));
}
