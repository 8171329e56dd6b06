using Minke.Api;
using Minke.Api.Core;
using Minke.Api.Meta;
using static Minke.ApiServer.Tests.Resources.CoreFixture;

namespace Minke.ApiServer.Tests.Resources;

public sealed class CreateTests
{
    [Fact]
    public async Task NewObject_GetsIdentityAndVersion()
    {
        await using var core = await CoreFixture.StartAsync();

        var created = await core.CreateAsync(NewConfigMap("a"));

        Assert.NotEqual("", created.Metadata.Uid);
        Assert.NotEqual("", created.Metadata.ResourceVersion);
        Assert.NotNull(created.Metadata.CreationTimestamp);
        Assert.True(created.IsFrozen);
        var read = await core.GetAsync<ConfigMap>("a");
        Assert.Equal(created.Metadata.ResourceVersion, read.Metadata.ResourceVersion);
        Assert.Equal("value", read.Data["key"]);
    }

    [Fact]
    public async Task CallersObject_IsNotChanged()
    {
        await using var core = await CoreFixture.StartAsync();
        var given = NewConfigMap("a");

        await core.CreateAsync(given);

        Assert.Equal("", given.Metadata.Uid);
        Assert.False(given.IsFrozen);
    }

    [Fact]
    public async Task SameNameTwice_AlreadyExists()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(NewConfigMap("a"));

        var error = await FailsAsync(core.CreateAsync(NewConfigMap("a")));

        Assert.True(error.IsAlreadyExists);
        Assert.Equal("configmaps \"a\" already exists", error.Status.Message);
    }

    [Fact]
    public async Task GenerateName_MakesANewNameEachTime()
    {
        await using var core = await CoreFixture.StartAsync();
        var given = NewConfigMap("");
        given.Metadata.GenerateName = "web-";

        var first = await core.CreateAsync(given);
        var second = await core.CreateAsync(given);

        Assert.StartsWith("web-", first.Metadata.Name, StringComparison.Ordinal);
        Assert.NotEqual(first.Metadata.Name, second.Metadata.Name);
    }

    [Fact]
    public async Task NeitherNameNorGenerateName_IsInvalid()
    {
        await using var core = await CoreFixture.StartAsync();

        var error = await FailsAsync(core.CreateAsync(NewConfigMap("")));

        Assert.True(error.IsInvalid);
        Assert.Equal("metadata.name", error.Status.Details!.Causes[0].Field);
    }

    [Fact]
    public async Task MissingNamespace_IsNotFound()
    {
        await using var core = await CoreFixture.StartAsync();

        var error = await FailsAsync(core.CreateAsync(NewConfigMap("a", "nowhere")));

        Assert.True(error.IsNotFound);
        Assert.Equal("namespaces \"nowhere\" not found", error.Status.Message);
    }

    [Fact]
    public async Task TerminatingNamespace_RefusesNewObjects()
    {
        await using var core = await CoreFixture.StartAsync();
        await core.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "dev" } });
        await core.DeleteAsync<Namespace>("dev", ns: "");

        var error = await FailsAsync(core.CreateAsync(NewConfigMap("a", "dev")));

        Assert.Equal(403, error.Code);
        Assert.Equal("NamespaceTerminating", error.Status.Details!.Causes[0].Reason);
    }

    [Fact]
    public async Task NewPod_IsPendingAndCompletedByAdmission()
    {
        await using var core = await CoreFixture.StartAsync();
        var given = NewPod("p");
        given.Status.Phase = "Running";

        var pod = await core.CreateAsync(given);

        Assert.Equal("Pending", pod.Status.Phase);
        Assert.Equal("BestEffort", pod.Status.QosClass);
        Assert.Equal("default", pod.Spec.ServiceAccountName);
        Assert.Equal(0, pod.Spec.Priority);
        Assert.Equal(1, pod.Metadata.Generation);
        Assert.Equal(
            ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"], pod.Spec.Tolerations.Select(t => t.Key));
    }

    [Fact]
    public async Task PodOfAMissingServiceAccount_IsForbidden()
    {
        await using var core = await CoreFixture.StartAsync();
        var given = NewPod("p");
        given.Spec.ServiceAccountName = "robot";

        var error = await FailsAsync(core.CreateAsync(given));

        Assert.Equal(403, error.Code);
        Assert.Contains("serviceaccount \"robot\" not found", error.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooLargeObject_IsRefused()
    {
        await using var core = await CoreFixture.StartAsync();
        var given = NewConfigMap("big");
        given.Data["blob"] = new string('x', 1600 * 1024);

        var error = await FailsAsync(core.CreateAsync(given));

        Assert.Contains(error.Code, new[] { 413, 422 });
        Assert.True((await FailsAsync(core.GetAsync<ConfigMap>("big"))).IsNotFound);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("kube-system")]
    [InlineData("kube-public")]
    [InlineData("kube-node-lease")]
    public async Task SystemNamespace_IsThereFromTheStart(string name)
    {
        await using var core = await CoreFixture.StartAsync();

        var ns = await core.GetAsync<Namespace>(name, "");

        Assert.Equal("Active", ns.Status.Phase);
        Assert.Equal(name, ns.Metadata.Labels["kubernetes.io/metadata.name"]);
    }
}
