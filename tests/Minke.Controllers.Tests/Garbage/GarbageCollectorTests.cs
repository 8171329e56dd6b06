using Minke.Api;
using Minke.Api.Core;
using Minke.Client;
using Xunit;

namespace Minke.Controllers.Tests.Garbage;

public sealed class GarbageCollectorTests
{
    private static readonly ReplicationController s_owner = Given.Controller("web", 2);

    [Fact]
    public void OwnerGone_ItsDependentsFollow() => World.Run(async world =>
    {
        var owner = world.Client.Log.Put(s_owner);
        await UntilTwoPods(world);

        world.Client.Log.Remove(owner);

        await world.UntilAsync(() => !world.Client.Log.All<Pod>().Any(), "no pods");
    });

    [Fact]
    public void AnotherOwnerStays_OnlyTheReferenceGoes() => World.Run(async world =>
    {
        var keeper = Map("keeper");
        var leaver = Map("leaver");
        var shared = Map("shared");
        shared.Metadata.OwnerReferences.Add(ReferenceTo(keeper));
        shared.Metadata.OwnerReferences.Add(ReferenceTo(leaver));
        world.Client.Log.Put(keeper);
        var leaving = world.Client.Log.Put(leaver);
        world.Client.Log.Put(shared);
        await world.Loop.SettleAsync();

        world.Client.Log.Remove(leaving);

        await world.UntilAsync(
            () => world.Client.Log.Find<ConfigMap>(new ObjectKey("default", "shared"))!.Metadata.OwnerReferences.Count == 1, "one reference");
        Assert.NotNull(world.Client.Log.Find<ConfigMap>(new ObjectKey("default", "shared")));
    });

    [Fact]
    public void OwnerOfTheSameNameButAnotherUid_IsNoOwner() => World.Run(async world =>
    {
        var old = Map("owner");
        old.Metadata.Uid = "old";
        var dependent = Map("dependent");
        dependent.Metadata.OwnerReferences.Add(ReferenceTo(old));
        world.Client.Log.Put(Map("owner"));
        world.Client.Log.Put(dependent);

        await world.UntilAsync(() => world.Client.Log.Find<ConfigMap>(new ObjectKey("default", "dependent")) is null, "the dependent to go");
    });

    [Fact]
    public void OwnerOfAnUnknownKind_KeepsItsDependents() => World.Run(async world =>
    {
        var dependent = Map("dependent");
        var reference = ReferenceTo(Map("owner"));
        reference.ApiVersion = "example.com/v1";
        reference.Kind = "Widget";
        dependent.Metadata.OwnerReferences.Add(reference);
        world.Client.Log.Put(dependent);

        await Task.Delay(TimeSpan.FromMinutes(5), world.Loop.Time, TestContext.Current.CancellationToken);

        Assert.NotNull(world.Client.Log.Find<ConfigMap>(new ObjectKey("default", "dependent")));
    });

    [Fact]
    public void Orphan_LeavesThePodsWithoutTheirOwner() => World.Run(async world =>
    {
        var owner = world.Client.Log.Put(s_owner);
        await UntilTwoPods(world);

        Delete(world, owner, "orphan");

        await world.UntilAsync(() => !world.Client.Log.All<ReplicationController>().Any(), "the controller to go");
        await world.Loop.SettleAsync();
        Assert.Equal(2, world.Client.Log.All<Pod>().Count());
        Assert.All(world.Client.Log.All<Pod>(), pod => Assert.Empty(pod.Metadata.OwnerReferences));
    });

    [Fact]
    public void Foreground_TheOwnerGoesLast() => World.Run(async world =>
    {
        var owner = world.Client.Log.Put(s_owner);
        await UntilTwoPods(world);
        var ownerLeftBehind = false;
        world.Client.BeforeCall = call => ownerLeftBehind |= call.StartsWith("delete Pod", StringComparison.Ordinal)
            && !world.Client.Log.All<ReplicationController>().Any();

        Delete(world, owner, "foregroundDeletion");

        await world.UntilAsync(() => !world.Client.Log.All<ReplicationController>().Any(), "the controller to go");
        Assert.Empty(world.Client.Log.All<Pod>());
        Assert.False(ownerLeftBehind);
    });

    private static Task UntilTwoPods(World world) => world.UntilAsync(() => world.Client.Log.All<Pod>().Count() == 2, "two pods");

    private static void Delete(World world, ReplicationController owner, string finalizer)
    {
        var dying = world.Client.Log.Find<ReplicationController>(ObjectKey.Of(owner))!.Clone();
        dying.Metadata.Finalizers.Add(finalizer);
        dying.Metadata.DeletionTimestamp = world.Loop.Time.GetUtcNow();
        world.Client.Log.Put(dying);
    }

    private static ConfigMap Map(string name)
    {
        var map = new ConfigMap();
        map.Metadata.Namespace = "default";
        map.Metadata.Name = name;
        map.Metadata.Uid = "uid-of-" + name;
        return map;
    }

    private static Api.Meta.OwnerReference ReferenceTo(ConfigMap owner)
    {
        var reference = References.ToController(owner);
        reference.Controller = null;
        return reference;
    }
}
