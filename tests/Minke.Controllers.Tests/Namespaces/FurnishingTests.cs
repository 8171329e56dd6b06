using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Xunit;

namespace Minke.Controllers.Tests.Namespaces;

public sealed class FurnishingTests
{
    [Fact]
    public void NewNamespace_GetsItsAccountAndCertificate() => World.Run(async world =>
    {
        world.Client.Log.Put(Named("team"));

        await world.UntilAsync(
            () => world.Client.Log.Find<ServiceAccount>(new ObjectKey("team", "default")) is not null
                && world.Client.Log.Find<ConfigMap>(new ObjectKey("team", "kube-root-ca.crt"))?.Data["ca.crt"] == "PEM",
            "the account and the certificate");
    });

    [Fact]
    public void ChangedCertificate_IsPutBack() => World.Run(async world =>
    {
        var key = new ObjectKey("team", "kube-root-ca.crt");
        world.Client.Log.Put(Named("team"));
        await world.UntilAsync(() => world.Client.Log.Find<ConfigMap>(key) is not null, "the certificate");

        var changed = world.Client.Log.Find<ConfigMap>(key)!.Clone();
        changed.Data["ca.crt"] = "another";
        world.Client.Log.Put(changed);

        await world.UntilAsync(() => world.Client.Log.Find<ConfigMap>(key)!.Data["ca.crt"] == "PEM", "the certificate to be put back");
    });

    [Fact]
    public void DeletedNamespace_IsEmptiedFirst() => World.Run(async world =>
    {
        var team = Named("team");
        team.Spec.Finalizers.Add("kubernetes");
        world.Client.Log.Put(team);
        await world.UntilAsync(() => world.Client.Log.Find<ServiceAccount>(new ObjectKey("team", "default")) is not null, "the account");
        var held = new Secret();
        held.Metadata.Namespace = "team";
        held.Metadata.Name = "held";
        held.Metadata.Finalizers.Add("example.com/wait");
        world.Client.Log.Put(held);

        var dying = world.Client.Log.Find<Namespace>(new ObjectKey("", "team"))!.Clone();
        dying.Metadata.DeletionTimestamp = world.Loop.Time.GetUtcNow();
        world.Client.Log.Put(dying);
        await world.UntilAsync(() => world.Client.Log.Find<ServiceAccount>(new ObjectKey("team", "default")) is null, "the account to go");
        await Task.Delay(TimeSpan.FromMinutes(1), world.Loop.Time, TestContext.Current.CancellationToken);
        Assert.NotNull(world.Client.Log.Find<Namespace>(new ObjectKey("", "team")));

        world.Client.Log.Remove(world.Client.Log.Find<Secret>(new ObjectKey("team", "held"))!);

        await world.UntilAsync(() => world.Client.Log.Find<Namespace>(new ObjectKey("", "team")) is null, "the namespace to go");
    });

    [Fact]
    public void OldEvent_Expires() => World.Run(async world =>
    {
        var item = new Event { LastTimestamp = world.Loop.Time.GetUtcNow() };
        item.Metadata.Namespace = "default";
        item.Metadata.Name = "old";
        world.Client.Log.Put(item);

        await Task.Delay(TimeSpan.FromMinutes(59), world.Loop.Time, TestContext.Current.CancellationToken);
        Assert.NotEmpty(world.Client.Log.All<Event>());
        await Task.Delay(TimeSpan.FromMinutes(2), world.Loop.Time, TestContext.Current.CancellationToken);
        Assert.Empty(world.Client.Log.All<Event>());
    });

    private static Namespace Named(string name)
    {
        var item = new Namespace();
        item.Metadata.Name = name;
        item.Metadata.Uid = "uid-of-" + name;
        item.Status.Phase = "Active";
        return item;
    }
}
