using Minke.Api;
using Minke.Api.Core;
using Xunit;

namespace Minke.Client.Tests.Transports;

/// <summary>What components rely on, whichever way they reach the API server.</summary>
public abstract class ObjectClientContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract IObjectClient Client { get; }

    [Fact]
    public async Task CreatedObject_ComesBackFrozenAndCanBeRead()
    {
        var created = await Client.CreateAsync(Map("created-"), Cancel);

        var read = await Client.GetAsync<ConfigMap>(ObjectKey.Of(created), Cancel);

        Assert.True(created.IsFrozen && read.IsFrozen);
        Assert.NotEmpty(created.Metadata.Uid);
        Assert.Equal(created.Metadata.ResourceVersion, read.Metadata.ResourceVersion);
        Assert.Equal("1", read.Data["value"]);
    }

    [Fact]
    public async Task MissingObject_IsNotFound()
    {
        var failure = await Assert.ThrowsAsync<ApiException>(() => Client.GetAsync<ConfigMap>(new ObjectKey("default", "missing"), Cancel));

        Assert.True(failure.IsNotFound);
        Assert.Equal("missing", failure.Status.Details?.Name);
    }

    [Fact]
    public async Task InvalidObject_IsRefusedWithItsFields()
    {
        var pod = new Pod();
        pod.Metadata.Namespace = "default";
        pod.Metadata.Name = "without-containers";

        var failure = await Assert.ThrowsAsync<ApiException>(() => Client.CreateAsync(pod, Cancel));

        Assert.True(failure.IsInvalid);
        Assert.Contains(failure.Status.Details!.Causes, cause => cause.Field == "spec.containers");
    }

    [Fact]
    public async Task UpdateOfAnOldVersion_IsAConflict()
    {
        var first = await Client.CreateAsync(Map("stale-"), Cancel);
        await Client.UpdateAsync(With(first, "2"), Cancel);

        var failure = await Assert.ThrowsAsync<ApiException>(() => Client.UpdateAsync(With(first, "3"), Cancel));

        Assert.True(failure.IsConflict);
    }

    [Fact]
    public async Task MergePatch_ChangesWhatItNames()
    {
        var item = await Client.CreateAsync(Map("patched-"), Cancel);

        var patched = await Client.PatchAsync<ConfigMap>(ObjectKey.Of(item), new PatchBody(PatchType.Merge, """{"data":{"more":"yes"}}"""u8.ToArray()), null, Cancel);

        Assert.Equal(["more", "value"], patched.Data.Keys);
    }

    [Fact]
    public async Task StatusUpdate_LeavesTheSpecAlone()
    {
        var pod = await Client.CreateAsync(Pod(), Cancel);
        var changed = pod.Clone();
        changed.Status.Phase = "Running";
        changed.Spec.Containers[0].Image = "other";

        var updated = await Client.UpdateStatusAsync(changed, Cancel);

        Assert.Equal("Running", updated.Status.Phase);
        Assert.Equal("demo", updated.Spec.Containers[0].Image);
    }

    [Fact]
    public async Task BoundPod_HasItsNodeAndIsNotBoundAgain()
    {
        var pod = await Client.CreateAsync(Pod(), Cancel);
        await Client.BindAsync(ObjectKey.Of(pod), pod.Metadata.Uid, "node-1", Cancel);

        var bound = await Client.GetAsync<Pod>(ObjectKey.Of(pod), Cancel);
        var failure = await Assert.ThrowsAsync<ApiException>(() => Client.BindAsync(ObjectKey.Of(pod), pod.Metadata.Uid, "node-2", Cancel));

        Assert.Equal("node-1", bound.Spec.NodeName);
        Assert.Equal(409, failure.Code);
    }

    [Fact]
    public async Task DeletionOfAnotherUid_IsRefused()
    {
        var item = await Client.CreateAsync(Map("kept-"), Cancel);

        var failure = await Assert.ThrowsAsync<ApiException>(() => Client.DeleteAsync<ConfigMap>(ObjectKey.Of(item), new DeleteRequest { Uid = "another" }, Cancel));
        await Client.DeleteAsync<ConfigMap>(ObjectKey.Of(item), new DeleteRequest { Uid = item.Metadata.Uid }, Cancel);

        Assert.True(failure.IsConflict);
        await Assert.ThrowsAsync<ApiException>(() => Client.GetAsync<ConfigMap>(ObjectKey.Of(item), Cancel));
    }

    [Fact]
    public async Task PagedList_GivesEveryItemOnce()
    {
        var label = Guid("paged");
        for (var i = 0; i < 5; i++)
        {
            var item = Map("paged-");
            item.Metadata.Labels["set"] = label;
            await Client.CreateAsync(item, Cancel);
        }

        List<string> names = [];
        var request = new ListRequest { Namespace = "default", LabelSelector = "set=" + label, Limit = 2 };
        do
        {
            var page = await Client.ListAsync<ConfigMap>(request, Cancel);
            names.AddRange(page.Items.Select(item => item.Metadata.Name));
            request = request with { Continue = page.Continue };
        }
        while (request.Continue.Length > 0);

        Assert.Equal(5, names.Distinct().Count());
        Assert.Equal(5, names.Count);
    }

    [Fact]
    public async Task Watch_TellsEveryChangeAfterAVersion()
    {
        var label = Guid("watched");
        var start = await Client.ListAsync<ConfigMap>(new ListRequest { Namespace = "default" }, Cancel);
        var made = Map("watched-");
        made.Metadata.Labels["set"] = label;
        var first = await Client.CreateAsync(made, Cancel);
        await Client.UpdateAsync(With(first, "2"), Cancel);
        await Client.DeleteAsync<ConfigMap>(ObjectKey.Of(first), new DeleteRequest(), Cancel);

        List<string> told = [];
        var request = new WatchRequest { Namespace = "default", LabelSelector = "set=" + label, ResourceVersion = start.ResourceVersion };
        await foreach (var change in Client.WatchAsync<ConfigMap>(request, Cancel))
        {
            if (change.Type == WatchEventType.Bookmark)
            {
                continue;
            }

            told.Add($"{change.Type} {change.Item.Data["value"]}");
            if (change.Type == WatchEventType.Deleted)
            {
                break;
            }
        }

        Assert.Equal(["Added 1", "Modified 2", "Deleted 2"], told);
    }

    [Fact]
    public async Task CancelledWatch_Ends()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var start = await Client.ListAsync<ConfigMap>(new ListRequest(), Cancel);
        var watching = CountAsync(start.ResourceVersion, stop.Token);
        await stop.CancelAsync();

        await watching;
    }

    private async Task<int> CountAsync(string version, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            await foreach (var change in Client.WatchAsync<ConfigMap>(new WatchRequest { ResourceVersion = version }, cancellationToken))
            {
                count++;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return count;
        }

        return count;
    }

    private string Guid(string prefix) => $"{prefix}-{GetType().Name}".ToLowerInvariant();

    private static ConfigMap Map(string prefix)
    {
        var item = new ConfigMap();
        item.Metadata.Namespace = "default";
        item.Metadata.GenerateName = prefix;
        item.Data["value"] = "1";
        return item;
    }

    private static ConfigMap With(ConfigMap item, string value)
    {
        var changed = item.Clone();
        changed.Data["value"] = value;
        return changed;
    }

    private static Pod Pod()
    {
        var pod = new Pod();
        pod.Metadata.Namespace = "default";
        pod.Metadata.GenerateName = "pod-";
        pod.Spec.Containers.Add(new Container { Name = "main", Image = "demo" });
        return pod;
    }
}

public sealed class DirectClientTests(ServerFixture server) : ObjectClientContract, IClassFixture<ServerFixture>
{
    protected override IObjectClient Client => server.Direct;
}

public sealed class HttpObjectClientTests(ServerFixture server) : ObjectClientContract, IClassFixture<ServerFixture>
{
    protected override IObjectClient Client => server.Http;

    [Fact]
    public async Task UnknownAuthority_IsNotTrusted()
    {
        using var stranger = new Http.HttpObjectClient(server.Endpoint with { Authorities = [] }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ApiException>(
            () => stranger.GetAsync<ConfigMap>(new ObjectKey("default", "any"), TestContext.Current.CancellationToken));

        Assert.True(failure.IsTransient);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Fact]
    public async Task ClientWithoutCertificate_IsUnauthorized()
    {
        using var anonymous = new Http.HttpObjectClient(server.Endpoint with { ClientCertificate = null }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ApiException>(
            () => anonymous.GetAsync<ConfigMap>(new ObjectKey("default", "any"), TestContext.Current.CancellationToken));

        Assert.Equal(401, failure.Code);
    }

    [Fact]
    public async Task SenselessVersion_IsRefusedWithAStatus()
    {
        var failure = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            var request = new WatchRequest { ResourceVersion = "not a number" };
            await foreach (var change in server.Http.WatchAsync<ConfigMap>(request, TestContext.Current.CancellationToken))
            {
                Assert.Fail($"the watch told {change.Type}");
            }
        });

        Assert.InRange(failure.Code, 400, 499);
    }
}
