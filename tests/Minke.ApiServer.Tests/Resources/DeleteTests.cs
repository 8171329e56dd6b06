using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using Minke.Client;
using static Minke.ApiServer.Tests.Resources.CoreFixture;

namespace Minke.ApiServer.Tests.Resources;

public sealed class DeleteTests
{
    [Fact]
    public async Task PlainObject_IsGoneAtOnce()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));

        await core.DeleteAsync<ConfigMap>("a");

        Assert.True((await FailsAsync(core.GetAsync<ConfigMap>("a"))).IsNotFound);
    }

    [Fact]
    public async Task PodWithoutANode_IsGoneAtOnce()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewPod("p"));

        await core.DeleteAsync<Pod>("p");

        Assert.True((await FailsAsync(core.GetAsync<Pod>("p"))).IsNotFound);
    }

    [Fact]
    public async Task PodOnANode_IsMarkedAndGetsItsTime()
    {
        await using var core = await CoreFixture.StartAsync();
        await CreateBoundPodAsync(core, "p");

        await core.DeleteAsync<Pod>("p", new DeleteRequest { GracePeriodSeconds = 20 });

        var pod = await core.GetAsync<Pod>("p");
        Assert.NotNull(pod.Metadata.DeletionTimestamp);
        Assert.Equal(20, pod.Metadata.DeletionGracePeriodSeconds);
        Assert.Equal(2, pod.Metadata.Generation);
    }

    [Fact]
    public async Task MarkedPod_IsGoneWhenItsNodeLetsGo()
    {
        await using var core = await CoreFixture.StartAsync();
        await CreateBoundPodAsync(core, "p");
        await core.DeleteAsync<Pod>("p", new DeleteRequest { GracePeriodSeconds = 20 });

        await core.DeleteAsync<Pod>("p", new DeleteRequest { GracePeriodSeconds = 0 });

        Assert.True((await FailsAsync(core.GetAsync<Pod>("p"))).IsNotFound);
    }

    [Fact]
    public async Task GracePeriod_IsShortenedButNeverExtended()
    {
        await using var core = await CoreFixture.StartAsync();
        await CreateBoundPodAsync(core, "p");
        await core.DeleteAsync<Pod>("p", new DeleteRequest { GracePeriodSeconds = 20 });
        await core.DeleteAsync<Pod>("p", new DeleteRequest { GracePeriodSeconds = 5 });
        await core.DeleteAsync<Pod>("p", new DeleteRequest { GracePeriodSeconds = 60 });

        var pod = await core.GetAsync<Pod>("p");

        Assert.Equal(5, pod.Metadata.DeletionGracePeriodSeconds);
    }

    [Fact]
    public async Task Finalizer_HoldsTheObjectUntilItIsRemoved()
    {
        await using var core = await CoreFixture.StartAsync();
        var map = NewConfigMap("a");
        map.Metadata.Finalizers.Add("minke.test/hold");
        await core.CreateAsync(map);
        await core.DeleteAsync<ConfigMap>("a");
        var held = (await core.GetAsync<ConfigMap>("a")).Clone();
        Assert.NotNull(held.Metadata.DeletionTimestamp);

        held.Metadata.Finalizers.Clear();
        await core.Client.UpdateAsync(held, Cancel);

        Assert.True((await FailsAsync(core.GetAsync<ConfigMap>("a"))).IsNotFound);
    }

    [Theory]
    [InlineData("Orphan", "orphan")]
    [InlineData("Foreground", "foregroundDeletion")]
    public async Task PropagationPolicy_BecomesAFinalizer(string policy, string finalizer)
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));

        await core.DeleteAsync<ConfigMap>("a", new DeleteRequest { PropagationPolicy = policy });

        Assert.Equal([finalizer], (await core.GetAsync<ConfigMap>("a")).Metadata.Finalizers);
    }

    [Fact]
    public async Task OtherUid_IsAConflict()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));

        var error = await FailsAsync(core.DeleteAsync<ConfigMap>("a", new DeleteRequest { Uid = "another" }));

        Assert.True(error.IsConflict);
        Assert.Contains("Precondition failed: UID in precondition: another", error.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Namespace_TerminatesUntilItIsFinalized()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "dev" } });
        await core.DeleteAsync<Namespace>("dev", ns: "");
        var ns = (await core.GetAsync<Namespace>("dev", "")).Clone();
        Assert.Equal("Terminating", ns.Status.Phase);

        ns.Spec.Finalizers.Clear();
        await core.Client.FinalizeAsync(ns, Cancel);

        Assert.True((await FailsAsync(core.GetAsync<Namespace>("dev", ""))).IsNotFound);
    }

    [Fact]
    public async Task DefaultNamespace_MayNotBeDeleted()
    {
        await using var core = await CoreFixture.StartAsync();

        Assert.Equal(403, (await FailsAsync(core.DeleteAsync<Namespace>("default", ns: ""))).Code);
    }

    [Fact]
    public async Task BoundPod_CannotBeBoundAgain()
    {
        await using var core = await CoreFixture.StartAsync();
        await CreateBoundPodAsync(core, "p");

        var error = await FailsAsync(core.Client.BindAsync(new ObjectKey("default", "p"), null, "n2", Cancel));

        Assert.True(error.IsConflict);
        Assert.Contains("already assigned to node \"n1\"", error.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binding_SetsTheNodeAndTheCondition()
    {
        await using var core = await CoreFixture.StartAsync();

        await CreateBoundPodAsync(core, "p");

        var pod = await core.GetAsync<Pod>("p");
        Assert.Equal("n1", pod.Spec.NodeName);
        Assert.Contains(pod.Status.Conditions, c => c is { Type: "PodScheduled", Status: "True" });
    }

    private static async Task CreateBoundPodAsync(CoreFixture core, string name)
    {
        var pod = await core.CreateAsync(NewPod(name));
        await core.Client.BindAsync(new ObjectKey("default", name), pod.Metadata.Uid, "n1", Cancel);
    }
}
