using System.Diagnostics;
using Minke.ApiServer.Tests.Security;
using static Minke.ApiServer.Tests.Http.HttpFixture;

namespace Minke.ApiServer.Tests.Http;

/// <summary>The machine's own kubectl against the server.</summary>
public sealed class KubectlTests(HttpFixture server) : IClassFixture<HttpFixture>, IDisposable
{
    private const string Manifest = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          containers:
          - {name: main, image: minke.local/demo, ports: [{containerPort: 80}]}
        ---
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: rc}
        spec:
          replicas: 2
          selector: {app: rc}
          template:
            metadata: {labels: {app: rc}}
            spec: {containers: [{name: c, image: minke.local/demo}]}
        """;

    private readonly TemporaryDirectory _directory = new();
    private string _namespace = "default";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Version_IsUnderstood()
    {
        await StartAsync();

        Assert.Contains("Server Version: v1.36.0+minke", await RunAsync("version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiResources_ListsTheKinds()
    {
        await StartAsync();

        var text = await RunAsync("api-resources", "-o", "name");

        Assert.Contains("replicationcontrollers\n", text, StringComparison.Ordinal);
        Assert.Contains("leases.coordination.k8s.io\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_CreatesThenLeavesUnchanged(bool serverSide)
    {
        await StartAsync();
        var file = await ManifestAsync();
        string[] apply = serverSide ? ["apply", "--server-side", "-f", file] : ["apply", "-f", file];

        await RunAsync(apply);
        var again = await RunAsync(apply);

        Assert.Contains(serverSide ? "pod/web serverside-applied" : "pod/web unchanged", again, StringComparison.Ordinal);
        Assert.Equal("2", await RunAsync("get", "rc", "rc", "-o", "jsonpath={.spec.replicas}"));
    }

    [Fact]
    public async Task Changes_AreMadeByEveryCommand()
    {
        await StartAsync();
        await RunAsync("apply", "-f", await ManifestAsync());

        await RunAsync("label", "pod", "web", "a=1");
        await RunAsync("annotate", "pod", "web", "b=2");
        await RunAsync("patch", "pod", "web", "-p", """{"metadata":{"labels":{"c":"3"}}}""");
        await RunAsync("scale", "rc", "rc", "--replicas=5");

        Assert.Equal("1 2 3", await RunAsync("get", "pod", "web", "-o", "jsonpath={.metadata.labels.a} {.metadata.annotations.b} {.metadata.labels.c}"));
        Assert.Equal("5", await RunAsync("get", "rc", "rc", "-o", "jsonpath={.spec.replicas}"));
    }

    [Fact]
    public async Task GetWide_ShowsTheKnownColumns()
    {
        await StartAsync();
        await RunAsync("apply", "-f", await ManifestAsync());

        var head = (await RunAsync("get", "pods", "-o", "wide")).Split('\n')[0];

        Assert.Equal(
            "NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES",
            string.Join(' ', head.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Create_SendsProtobuf()
    {
        await StartAsync();

        await RunAsync("create", "configmap", "cm", "--from-literal=k=v");
        await RunAsync("create", "secret", "generic", "s", "--from-literal=k=v");

        Assert.Equal("v", await RunAsync("get", "cm", "cm", "-o", "jsonpath={.data.k}"));
        Assert.Equal("dg==", await RunAsync("get", "secret", "s", "-o", "jsonpath={.data.k}"));
    }

    [Fact]
    public async Task DeleteAndWait_SeeTheEnd()
    {
        await StartAsync();
        await RunAsync("apply", "-f", await ManifestAsync());

        await RunAsync("delete", "pod", "web", "--timeout=20s");

        Assert.Equal("", await RunAsync("get", "pod", "web", "--ignore-not-found"));
    }

    [Fact]
    public async Task Wait_SeesACondition()
    {
        await StartAsync();
        await RunAsync("create", "configmap", "cm", "--from-literal=k=v");

        var text = await RunAsync("wait", "--for=jsonpath={.data.k}=v", "cm/cm", "--timeout=20s");

        Assert.Contains("condition met", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_KnowsTheFields()
    {
        await StartAsync();

        Assert.Contains("restartPolicy", await RunAsync("explain", "pod.spec"), StringComparison.Ordinal);
        Assert.Contains("image\t<string>", await RunAsync("explain", "pod.spec.containers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_ReadsTheObjectAndItsEvents()
    {
        await StartAsync();
        await RunAsync("apply", "-f", await ManifestAsync());

        Assert.Contains("Status:       Pending", (await RunAsync("describe", "pod", "web")).Replace("Status:           ", "Status:       ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auth_TellsWhoAndWhat()
    {
        await StartAsync();

        Assert.Contains("minke-admin", await RunAsync("auth", "whoami"), StringComparison.Ordinal);
        Assert.Equal("yes\n", await RunAsync("auth", "can-i", "delete", "pods"));
        Assert.Contains("*.*", await RunAsync("auth", "can-i", "--list"), StringComparison.Ordinal);
    }

    private async Task StartAsync()
    {
        Assert.SkipUnless(Path.Exists("/usr/bin/kubectl") || Path.Exists("/usr/local/bin/kubectl"), "kubectl is not installed");
        server.Pki.WriteAdminKubeconfig(_directory["kubeconfig"], new Uri($"https://127.0.0.1:{server.Server.Endpoint.Port}"));
        _namespace = await server.NewNamespaceAsync();
    }

    private async Task<string> ManifestAsync()
    {
        await File.WriteAllTextAsync(_directory["manifest.yaml"], Manifest, Cancel);
        return _directory["manifest.yaml"];
    }

    /// <summary>What kubectl prints; the test fails with what it complains about.</summary>
    private async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", ["--namespace", _namespace, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = _directory["kubeconfig"];
        start.Environment["KUBECACHEDIR"] = _directory["cache"];
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {await errors}");
        return await output;
    }
}
