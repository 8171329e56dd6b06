using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.Client;
using static Minke.ApiServer.Tests.Resources.CoreFixture;

namespace Minke.ApiServer.Tests.Resources;

public sealed class UpdateTests
{
    [Fact]
    public async Task StaleVersion_IsAConflict()
    {
        await using var core = await CoreFixture.StartAsync();
        var old = await core.CreateAsync(NewConfigMap("a"));
        var next = old.Clone();
        next.Data["key"] = "new";
        await core.Client.UpdateAsync(next, Cancel);

        var error = await FailsAsync(core.Client.UpdateAsync(next, Cancel));

        Assert.True(error.IsConflict);
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again",
            error.Status.Message);
    }

    [Fact]
    public async Task WithoutVersion_ReplacesTheNewest()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));
        var next = NewConfigMap("a");
        next.Data["key"] = "new";

        var updated = await core.Client.UpdateAsync(next, Cancel);

        Assert.Equal("new", updated.Data["key"]);
        Assert.Equal("new", (await core.GetAsync<ConfigMap>("a")).Data["key"]);
    }

    [Fact]
    public async Task NothingChanged_WritesNothing()
    {
        await using var core = await CoreFixture.StartAsync();
        var created = await core.CreateAsync(NewConfigMap("a"));

        var updated = await core.Client.UpdateAsync(created.Clone(), Cancel);

        Assert.Equal(created.Metadata.ResourceVersion, updated.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Update_KeepsIdentityAndStatus()
    {
        await using var core = await CoreFixture.StartAsync();
        var pod = await core.CreateAsync(NewPod("p"));
        var next = pod.Clone();
        next.Metadata.CreationTimestamp = DateTimeOffset.UnixEpoch;
        next.Metadata.Labels["app"] = "web";
        next.Status.Phase = "Running";

        var updated = await core.Client.UpdateAsync(next, Cancel);

        Assert.Equal(pod.Metadata.CreationTimestamp, updated.Metadata.CreationTimestamp);
        Assert.Equal("web", updated.Metadata.Labels["app"]);
        Assert.Equal("Pending", updated.Status.Phase);
    }

    [Fact]
    public async Task StatusUpdate_KeepsTheSpec()
    {
        await using var core = await CoreFixture.StartAsync();
        var next = (await core.CreateAsync(NewPod("p"))).Clone();
        next.Spec.Containers[0].Image = "other";
        next.Status.Phase = "Running";

        var updated = await core.Client.UpdateStatusAsync(next, Cancel);

        Assert.Equal("Running", updated.Status.Phase);
        Assert.Equal("minke.local/demo", updated.Spec.Containers[0].Image);
        Assert.Equal(1, updated.Metadata.Generation);
    }

    [Fact]
    public async Task SpecChange_CountsAGeneration()
    {
        await using var core = await CoreFixture.StartAsync();
        var rc = await core.CreateAsync(NewController("web", 1));
        var next = rc.Clone();
        next.Spec.Replicas = 3;

        var updated = await core.Client.UpdateAsync(next, Cancel);
        var labelled = updated.Clone();
        labelled.Metadata.Labels["a"] = "b";
        var third = await core.Client.UpdateAsync(labelled, Cancel);

        Assert.Equal(1, rc.Metadata.Generation);
        Assert.Equal(2, updated.Metadata.Generation);
        Assert.Equal(2, third.Metadata.Generation);
    }

    [Fact]
    public async Task OtherUid_IsAConflict()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));
        var other = NewConfigMap("a");
        other.Metadata.Uid = "another";

        Assert.True((await FailsAsync(core.Client.UpdateAsync(other, Cancel))).IsConflict);
    }

    [Fact]
    public async Task MergePatch_ChangesOneField()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));

        var patched = await PatchAsync(core, PatchType.Merge, """{"data":{"more":"1"}}""");

        Assert.Equal("value", patched.Data["key"]);
        Assert.Equal("1", patched.Data["more"]);
    }

    [Fact]
    public async Task ParallelPatches_AllApply()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PatchAsync(core, PatchType.Merge, $"{{\"data\":{{\"k{i}\":\"v\"}}}}")));

        Assert.Equal(21, (await core.GetAsync<ConfigMap>("a")).Data.Count);
    }

    [Fact]
    public async Task PatchWithAStaleVersion_IsAConflict()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));

        var error = await FailsAsync(PatchAsync(core, PatchType.Merge, """{"metadata":{"resourceVersion":"1"},"data":{"x":"1"}}"""));

        Assert.True(error.IsConflict);
    }

    [Fact]
    public async Task Apply_CreatesWhatIsMissing()
    {
        await using var core = await CoreFixture.StartAsync();
        const string Configuration = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"default"},"data":{"x":"1"}}""";

        var applied = await PatchAsync(core, PatchType.Apply, Configuration);

        Assert.Equal("1", applied.Data["x"]);
        Assert.Equal("Apply", applied.Metadata.ManagedFields[0].Operation);
    }

    [Fact]
    public async Task Apply_ConflictsWithAnotherManager()
    {
        await using var core = await CoreFixture.StartAsync();
        await PatchAsync(core, PatchType.Apply, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1"}}""", "one");

        var error = await FailsAsync(
            PatchAsync(core, PatchType.Apply, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"2"}}""", "two"));

        Assert.True(error.IsConflict);
        Assert.Equal("FieldManagerConflict", error.Status.Details!.Causes[0].Reason);
    }

    private static Task<ConfigMap> PatchAsync(CoreFixture core, PatchType type, string json, string manager = "tests") =>
        core.Client.PatchAsync<ConfigMap>(
            new ObjectKey("default", "a"), new PatchBody(type, System.Text.Encoding.UTF8.GetBytes(json), manager), null, Cancel);

    private static ReplicationController NewController(string name, int replicas) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new ReplicationControllerSpec
        {
            Replicas = replicas,
            Selector = new ApiMap<string> { ["app"] = name },
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = new ApiMap<string> { ["app"] = name } },
                Spec = NewPod("x").Spec,
            },
        },
    };
}
