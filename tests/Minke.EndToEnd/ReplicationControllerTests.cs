using System.Text.Json.Nodes;

namespace Minke.EndToEnd;

/// <summary>A controller keeps its pods; their life is their own.</summary>
public sealed class ReplicationControllerTests(Cluster cluster)
{
    [Fact]
    public async Task DeletedPod_IsReplacedByANewOne()
    {
        var (kubectl, ns) = await BeginAsync("heal");
        await kubectl.ApplyAsync(Manifests.ReplicationController(ns, "web", 2));
        var before = await RunningAsync(kubectl, ns, 2);
        var (name, uid) = Identity(before[0]!);

        await kubectl.OkAsync("delete", "pod", "-n", ns, name);

        var after = await RunningAsync(kubectl, ns, 2);
        Assert.DoesNotContain(after, p => Identity(p!).Uid == uid || Identity(p!).Name == name);
        Assert.Contains(after, p => Identity(p!) == Identity(before[1]!));
    }

    [Fact]
    public async Task Scale_AddsAndRemovesPods()
    {
        var (kubectl, ns) = await BeginAsync("scale");
        await kubectl.ApplyAsync(Manifests.ReplicationController(ns, "web", 1));
        await RunningAsync(kubectl, ns, 1);

        await kubectl.OkAsync("scale", "rc", "web", "-n", ns, "--replicas=3");
        await RunningAsync(kubectl, ns, 3);
        await kubectl.WaitAsync(ns, "rc", "web", r => (int?)r?["status"]?["readyReplicas"] == 3, "has three ready replicas");
        await kubectl.OkAsync("scale", "rc", "web", "-n", ns, "--replicas=1", "--current-replicas=3");
        await RunningAsync(kubectl, ns, 1);
    }

    [Fact]
    public async Task OrphanDelete_LeavesPodsAndANewControllerAdoptsThem()
    {
        var (kubectl, ns) = await BeginAsync("orphan");
        await kubectl.ApplyAsync(Manifests.ReplicationController(ns, "web", 2));
        var before = (await RunningAsync(kubectl, ns, 2)).Select(p => Identity(p!)).Order().ToList();

        await kubectl.OkAsync("delete", "rc", "web", "-n", ns, "--cascade=orphan");
        var orphans = await Eventually.BecomesAsync(
            () => kubectl.ListAsync(ns, "pod", "app=web"), l => l.All(p => p!["metadata"]!["ownerReferences"] is null), "the pods have no owner");
        Assert.Equal(before, orphans.Select(p => Identity(p!)).Order());
        await kubectl.ApplyAsync(Manifests.ReplicationController(ns, "web", 2));
        var adopted = await Eventually.BecomesAsync(
            () => kubectl.ListAsync(ns, "pod", "app=web"), l => l.All(p => p!["metadata"]!["ownerReferences"] is not null), "the pods are adopted");

        Assert.Equal(before, adopted.Select(p => Identity(p!)).Order());
    }

    [Fact]
    public async Task Delete_TakesThePodsAlong()
    {
        var (kubectl, ns) = await BeginAsync("cascade");
        await kubectl.ApplyAsync(Manifests.ReplicationController(ns, "web", 2));
        await RunningAsync(kubectl, ns, 2);

        await kubectl.OkAsync("delete", "rc", "web", "-n", ns);

        await Eventually.BecomesAsync(() => kubectl.ListAsync(ns, "pod", "app=web"), l => l.Count == 0, "no pod is left");
    }

    [Fact]
    public async Task DeletedNamespace_TakesEverythingAlong()
    {
        var (kubectl, ns) = await BeginAsync("nsdelete");
        await kubectl.ApplyAsync(Manifests.ReplicationController(ns, "web", 2));
        await RunningAsync(kubectl, ns, 2);

        await kubectl.OkAsync("delete", "namespace", ns, "--timeout=60s");

        Assert.Null(await kubectl.GetAsync("", "namespace", ns));
        Assert.DoesNotContain(ns, await kubectl.OkAsync("get", "pods", "-A"), StringComparison.Ordinal);
    }

    private static Task<JsonArray> RunningAsync(Kubectl kubectl, string ns, int count) =>
        Eventually.BecomesAsync(
            () => kubectl.ListAsync(ns, "pod", "app=web"),
            l => l.Count == count && l.All(p => Kubectl.Phase(p) == "Running" && p!["metadata"]!["deletionTimestamp"] is null), $"{count} pods run");

    private static (string Name, string Uid) Identity(JsonNode pod) => ((string)pod["metadata"]!["name"]!, (string)pod["metadata"]!["uid"]!);

    private async Task<(Kubectl Kubectl, string Namespace)> BeginAsync(string purpose)
    {
        var instance = cluster.Get();
        return (instance.Kubectl, await instance.NamespaceAsync(purpose));
    }
}
